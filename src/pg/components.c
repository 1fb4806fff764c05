/*
 * components.c - news_components(a bigint[], b bigint[]): connected components of a graph.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"

#include "pg/context_arena.h"
#include "pg/rows.h"
#include "reuse/components.h"

PG_FUNCTION_INFO_V1(news_components);

Datum
news_components(PG_FUNCTION_ARGS)
{
	ArrayType  *a = PG_GETARG_ARRAYTYPE_P(0);
	ArrayType  *b = PG_GETARG_ARRAYTYPE_P(1);
	int32_t		n_edges = ArrayGetNItems(ARR_NDIM(a), ARR_DIMS(a));
	graph_node *nodes;
	int32_t		n_nodes;
	rows		r;

	if (ARR_HASNULL(a) || ARR_HASNULL(b) || n_edges != ArrayGetNItems(ARR_NDIM(b), ARR_DIMS(b)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("both ends of every edge are needed"),
				 errhint("Give two arrays of the same length without nulls.")));
	nodes = find_components(context_arena(CurrentMemoryContext), (const int64_t *) ARR_DATA_PTR(a), (const int64_t *) ARR_DATA_PTR(b), n_edges, &n_nodes);
	r = rows_begin(fcinfo, NULL);
	for (int32_t i = 0; i < n_nodes; i++)
	{
		rows_bigint(&r, nodes[i].node);
		rows_bigint(&r, nodes[i].component);
		rows_put(&r);
	}
	return rows_end(&r);
}
