/*
 * link_forms.h - which forms of a text name one entity.  Inside the room entity/ only.
 */
#ifndef NEWS_ENTITY_LINK_FORMS_H
#define NEWS_ENTITY_LINK_FORMS_H

#include "entity/forms.h"

/*
 * Sets form.cluster of every form to the form that stands for its entity (the fullest), and
 * mention.entity of every mention to that form's number (find_entities then numbers entities).
 * A form that may mean several (a surname of two persons) is decided mention by mention.
 */
void		link_forms(form_table *table);

/*
 * How well the shorter form `s` names what `f` names, both of one kind; 0 = it does not,
 * else 1 .. 10.  `s` may also be a variant of the same length.
 */
int			match_forms(const form *s, const form *f);

/* Are the letters of the acronym `s` the initials of the words of `f`? */
bool		is_acronym_of(const form *s, const form *f);

#endif
