/*
 * Strings that stand for themselves; see sharing.h.
 *
 * A chunk is copied from one string to the next. Where a string's number stands, counted from 1 as the strings come for
 * the first time, the string is written once more: readers take that as well.
 */

#include "sharing.h"

#include <stdlib.h>

#include "chunk.h"

#if !CHUNKS_SHARE_STRINGS

const char *unshare_strings(struct bytes *chunk) {
    (void)chunk;
    return NULL;
}

#else

struct copy {
    struct cursor from;
    const unsigned char *copied; /* all before this */
    struct bytes to;
    struct text *texts; /* those with numbers, as they are written: length and bytes */
    size_t count, room;
    int exhausted;
};

static void append(struct copy *copy, const unsigned char *from, size_t size) {
    if (size > copy->to.room - copy->to.size) {
        size_t room = 2 * copy->to.room + size;
        unsigned char *larger = realloc(copy->to.start, room);
        if (larger == NULL) {
            copy->exhausted = 1;
            return;
        }
        copy->to.start = larger;
        copy->to.room = room;
    }
    memcpy(copy->to.start + copy->to.size, from, size);
    copy->to.size += size;
}

static void add_text(struct copy *copy, struct text text) {
    if (copy->count == copy->room) {
        size_t room = 2 * copy->room + 64;
        struct text *larger = realloc(copy->texts, room * sizeof *larger);
        if (larger == NULL) {
            copy->exhausted = 1;
            return;
        }
        copy->texts = larger;
        copy->room = room;
    }
    copy->texts[copy->count++] = text;
}

static void copy_text(struct copy *copy) {
    const unsigned char *start = copy->from.at;
    size_t size = take_unsigned(&copy->from);
    if (size >= TEXT_LENGTH) {
        take(&copy->from, size - TEXT_LENGTH);
        if (copy->from.at != NULL) add_text(copy, (struct text){start, (size_t)(copy->from.at - start)});
    } else if (size > 0) {
        size_t number = take_unsigned(&copy->from);
        if (copy->from.at == NULL || number == 0 || number > copy->count) {
            copy->from.at = NULL;
            return;
        }
        append(copy, copy->copied, (size_t)(start - copy->copied));
        append(copy, copy->texts[number - 1].start, copy->texts[number - 1].size);
        copy->copied = copy->from.at;
    }
}

static void copy_function(struct copy *copy) {
    struct cursor *from = &copy->from;
    size_t count;
    copy_text(copy);
    take_unsigned(from), take_unsigned(from);
    take(from, 3);
    take(from, 4 * take_unsigned(from));
    for (count = take_unsigned(from); count > 0 && from->at != NULL; count--) {
        switch (take_byte(from)) {
        case CONSTANT_STRING: copy_text(copy); break;
        case CONSTANT_INTEGER:
        case CONSTANT_FLOAT: take(from, 8); break;
        default: break;
        }
    }
    take(from, 3 * take_unsigned(from));
    for (count = take_unsigned(from); count > 0 && from->at != NULL; count--) copy_function(copy);
    take(from, take_unsigned(from));
    for (count = take_unsigned(from); count > 0 && from->at != NULL; count--) take_unsigned(from), take_unsigned(from);
    for (count = take_unsigned(from); count > 0 && from->at != NULL; count--) {
        copy_text(copy);
        take_unsigned(from), take_unsigned(from);
    }
    for (count = take_unsigned(from); count > 0 && from->at != NULL; count--) copy_text(copy);
}

const char *unshare_strings(struct bytes *chunk) {
    struct copy copy = {{chunk->start, chunk->start + chunk->size}, chunk->start, {NULL, 0, 0}, NULL, 0, 0, 0};
    take(&copy.from, CHUNK_HEADER + 1);
    copy_function(&copy);
    if (copy.from.at != NULL) append(&copy, copy.copied, (size_t)(copy.from.at - copy.copied));
    free(copy.texts);
    if (copy.from.at == NULL || copy.exhausted) {
        free(copy.to.start);
        return copy.exhausted ? "not enough memory" : "truncated precompiled chunk";
    }
    free(chunk->start);
    *chunk = copy.to;
    return NULL;
}

#endif
