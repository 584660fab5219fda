/*
 * Strips precompiled chunks; see stripping.h.
 *
 * A stripped function differs in two places from what it was: its source is absent, and the four tables at its end
 * (lines, absolute lines, locals, names of upvalues) are empty. Everything else moves towards the front.
 */

#include "stripping.h"

#include "chunk.h"

#define NOTHING 0x80 /* a count of 0, or an absent text */

/* Moves what lies between 'from' and 'end' to 'to'; returns where the next byte goes. */
static unsigned char *move(unsigned char *to, const unsigned char *from, const unsigned char *end) {
    memmove(to, from, (size_t)(end - from));
    return to + (end - from);
}

/* Writes the function that begins at the cursor, stripped, to 'to', which never overtakes the cursor. */
static unsigned char *strip_function(struct cursor *c, unsigned char *to) {
    struct cursor rest = *c;
    struct function f = take_function(c);
    if (c->at == NULL) return to;
    take_text(&rest); /* the source */
    *to++ = NOTHING;
    to = move(to, rest.at, f.functions.at);
    for (size_t i = 0; i < f.function_count; i++) to = strip_function(&f.functions, to);
    for (int table = 0; table < 4; table++) *to++ = NOTHING;
    return to;
}

const char *strip_chunk(struct bytes *chunk) {
    struct cursor c = {chunk->start, chunk->start + chunk->size};
    unsigned char *to = chunk->start;
    if (take(&c, CHUNK_HEADER + 1) == NULL) return "truncated precompiled chunk";
    to = strip_function(&c, to + CHUNK_HEADER + 1);
    chunk->size = (size_t)(to - chunk->start);
    return c.at == NULL ? "truncated precompiled chunk" : NULL;
}
