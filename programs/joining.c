/*
 * Joins precompiled chunks; see joining.h.
 *
 * The functions of the frame are exchanged as bytes. A main function takes its globals from the thread that
 * loads it; inside the frame it takes them from the frame's own first upvalue.
 */

#include "joining.h"

#include <stdlib.h>

#include "chunk.h"

static void append(struct bytes *to, const unsigned char *from, const unsigned char *end) {
    memcpy(to->start + to->size, from, (size_t)(end - from));
    to->size += (size_t)(end - from);
}

/* Appends the main function of a chunk, as a function inside another. False for a chunk that is cut off. */
static int append_main(struct bytes *to, struct bytes part) {
    struct cursor c = {part.start, part.start + part.size};
    take(&c, CHUNK_HEADER + 1);
    struct function f = take_function(&c);
    if (c.at == NULL) return 0;
    if (f.upvalue_count > 0) part.start[f.upvalues.at - part.start] = 0; /* not in a register */
    append(to, f.start, c.at);
    return 1;
}

const char *join_chunks(struct bytes frame, const struct bytes *parts, int count, struct bytes *whole) {
    static const char trouble[] = "truncated precompiled chunk";
    struct cursor c = {frame.start, frame.start + frame.size};
    size_t room = frame.size;
    take(&c, CHUNK_HEADER + 1);
    struct function f = take_function(&c);
    if (c.at == NULL || f.function_count != (size_t)count) return trouble;
    for (int i = 0; i < count; i++) room += parts[i].size;
    whole->size = 0;
    whole->room = room;
    whole->start = malloc(room);
    if (whole->start == NULL) return "not enough memory";
    append(whole, frame.start, f.functions.at);
    for (int i = 0; i < count; i++) {
        take_function(&f.functions);
        if (!append_main(whole, parts[i])) return trouble;
    }
    append(whole, f.functions.at, c.at);
    return NULL;
}
