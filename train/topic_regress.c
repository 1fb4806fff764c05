/*
 * topic_regress.c - Newton's method with a light pull to zero, in double precision (see topic_regress.h).
 */
#include "topic_regress.h"

#include <math.h>

#define PULL 1e-3

/* Solves the n equations a x = b by elimination; a is positive definite. */
static void
solve(double a[MAX_INPUTS][MAX_INPUTS], double *b, int n)
{
	for (int k = 0; k < n; k++)
		for (int i = k + 1; i < n; i++)
		{
			double		f = a[i][k] / a[k][k];

			for (int j = k; j < n; j++)
				a[i][j] -= f * a[k][j];
			b[i] -= f * b[k];
		}
	for (int k = n - 1; k >= 0; k--)
	{
		for (int j = k + 1; j < n; j++)
			b[k] -= a[k][j] * b[j];
		b[k] /= a[k][k];
	}
}

void
regress(const observation *o, size_t n, int n_inputs, float *w)
{
	double		at[MAX_INPUTS] = {0};

	at[0] = 1;
	for (int step = 0; step < 25; step++)
	{
		double		hessian[MAX_INPUTS][MAX_INPUTS] = {{0}},
					gradient[MAX_INPUTS] = {0};

		for (int k = 0; k < n_inputs; k++)
		{
			hessian[k][k] = PULL;
			gradient[k] = PULL * at[k];
		}
		for (size_t i = 0; i < n; i++)
		{
			double		z = 0,
						p;

			for (int k = 0; k < n_inputs; k++)
				z += at[k] * o[i].x[k];
			p = 1 / (1 + exp(-z));
			for (int k = 0; k < n_inputs; k++)
			{
				gradient[k] += (p - o[i].right) * o[i].x[k];
				for (int l = 0; l < n_inputs; l++)
					hessian[k][l] += p * (1 - p) * o[i].x[k] * o[i].x[l];
			}
		}
		solve(hessian, gradient, n_inputs);
		for (int k = 0; k < n_inputs; k++)
			at[k] -= gradient[k];
	}
	for (int k = 0; k < n_inputs; k++)
		w[k] = (float) at[k];
}
