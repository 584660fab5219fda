/*
 * Reads precompiled chunks of this library; the format is described in src/bytecode/format.rs.
 *
 * A function is not unpacked: 'struct function' tells where in the chunk its parts lie. Reading beyond the end
 * sets 'at' of the cursor to NULL, and gives zeros from then on.
 */

#ifndef CHUNK_H
#define CHUNK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <lua.h>

/* The unread rest of a chunk. */
struct cursor {
    const unsigned char *at, *end;
};

/* A string in a chunk; 'start' is NULL where there is none. */
struct text {
    const unsigned char *start;
    size_t size;
};

/* Constants' tags. */
enum constant { CONSTANT_NIL, CONSTANT_FALSE, CONSTANT_TRUE, CONSTANT_INTEGER, CONSTANT_FLOAT, CONSTANT_STRING };

/* One constant. */
struct value {
    enum constant tag;
    int64_t integer;
    double number;
    struct text string;
};

/* A function: its header, and how many of each part there are and where they begin. */
struct function {
    const unsigned char *start;
    struct text source;
    size_t line, last_line;
    unsigned params, is_vararg, slots;
    size_t code_count, constant_count, upvalue_count, function_count, line_count, absolute_count, local_count,
        name_count;
    struct cursor code, constants, upvalues, functions, lines, absolutes, locals, names;
};

/* Length of the header, up to the byte that counts the upvalues of the main function. */
#if LUA_VERSION_NUM == 501
#define CHUNK_HEADER (4 + 2 + 6 + 12)
#elif LUA_VERSION_NUM == 502
#define CHUNK_HEADER (4 + 2 + 6 + 6 + 12)
#elif LUA_VERSION_NUM == 503
#define CHUNK_HEADER (4 + 2 + 6 + 5 + 8 + 8 + 12)
#elif LUA_VERSION_NUM == 504
#define CHUNK_HEADER (4 + 2 + 6 + 3 + 8 + 8 + 12)
#else
#define CHUNK_HEADER (4 + 2 + 6 + 4 + 4 + 4 + 8 + 8 + 12)
#endif

/* What stands before a text is its length plus this, or 0 where there is none. Where a chunk holds each string once, 1 stands
 * before the number of one that has occurred; only sharing.c takes these. */
#if LUA_VERSION_NUM >= 505
#define CHUNKS_SHARE_STRINGS 1
#define TEXT_LENGTH 2
#else
#define CHUNKS_SHARE_STRINGS 0
#define TEXT_LENGTH 1
#endif

static inline const unsigned char *take(struct cursor *c, size_t size) {
    const unsigned char *bytes = c->at;
    if (bytes == NULL || size > (size_t)(c->end - bytes)) return c->at = NULL;
    c->at += size;
    return bytes;
}

static inline unsigned take_byte(struct cursor *c) {
    const unsigned char *byte = take(c, 1);
    return byte == NULL ? 0 : *byte;
}

static inline size_t take_unsigned(struct cursor *c) {
    size_t n = 0;
    unsigned byte;
    do {
        byte = take_byte(c);
        n = n << 7 | (byte & 0x7f);
    } while (c->at != NULL && byte < 0x80);
    return n;
}

static inline struct text take_text(struct cursor *c) {
    struct text text = {NULL, take_unsigned(c)};
    if (text.size >= TEXT_LENGTH) text.start = take(c, text.size -= TEXT_LENGTH);
    else if (text.size > 0) c->at = NULL;
    return text;
}

static inline uint32_t word_at(const struct cursor *code, size_t index) {
    uint32_t word;
    memcpy(&word, code->at + 4 * index, sizeof word);
    return word;
}

static inline struct value take_constant(struct cursor *c) {
    struct value value = {(enum constant)take_byte(c), 0, 0, {NULL, 0}};
    const unsigned char *bytes;
    if (value.tag == CONSTANT_STRING) value.string = take_text(c);
    else if (value.tag == CONSTANT_INTEGER && (bytes = take(c, 8)) != NULL) memcpy(&value.integer, bytes, 8);
    else if (value.tag == CONSTANT_FLOAT && (bytes = take(c, 8)) != NULL) memcpy(&value.number, bytes, 8);
    return value;
}

static inline size_t take_count(struct cursor *c, struct cursor *elements) {
    size_t count = take_unsigned(c);
    *elements = *c;
    return c->at == NULL ? 0 : count;
}

/* Reads a function and all in it, and leaves the cursor behind it. */
static inline struct function take_function(struct cursor *c) {
    struct function f;
    f.start = c->at;
    f.source = take_text(c);
    f.line = take_unsigned(c);
    f.last_line = take_unsigned(c);
    f.params = take_byte(c);
    f.is_vararg = take_byte(c);
    f.slots = take_byte(c);
    f.code_count = take_count(c, &f.code);
    take(c, 4 * f.code_count);
    f.constant_count = take_count(c, &f.constants);
    for (size_t i = 0; i < f.constant_count && c->at != NULL; i++) take_constant(c);
    f.upvalue_count = take_count(c, &f.upvalues);
    take(c, 3 * f.upvalue_count);
    f.function_count = take_count(c, &f.functions);
    for (size_t i = 0; i < f.function_count && c->at != NULL; i++) take_function(c);
    f.line_count = take_count(c, &f.lines);
    take(c, f.line_count);
    f.absolute_count = take_count(c, &f.absolutes);
    for (size_t i = 0; i < 2 * f.absolute_count && c->at != NULL; i++) take_unsigned(c);
    f.local_count = take_count(c, &f.locals);
    for (size_t i = 0; i < f.local_count && c->at != NULL; i++) {
        take_text(c);
        take_unsigned(c);
        take_unsigned(c);
    }
    f.name_count = take_count(c, &f.names);
    for (size_t i = 0; i < f.name_count && c->at != NULL; i++) take_text(c);
    return f;
}

#endif
