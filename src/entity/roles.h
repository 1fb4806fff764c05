/*
 * roles.h - titles before a name and descriptions beside it.  Inside the room entity/ only.
 */
#ifndef NEWS_ENTITY_ROLES_H
#define NEWS_ENTITY_ROLES_H

#include "text/document.h"

/* Sets title and apposition of every mention of a person (and apposition of the others). */
void		find_roles(document *doc);

/* Gender that a title gives away ("Mrs.", "King", "spokeswoman"), GENDER_UNKNOWN when it does not. */
uint8_t		title_gender(const document *doc, span title);

/* Text of a role: one line, without a leading article; NULL when nothing is left. */
const char *role_text(const document *doc, span tokens);

#endif
