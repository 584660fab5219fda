/*
 * What luac knows about the inside of a precompiled chunk of this library (docs/architecture.md,
 * "Precompiled chunks"). The library itself shows chunks only as strings of bytes.
 */

#ifndef LISTING_H
#define LISTING_H

#include <stddef.h>

/*
 * Prints on the standard output the functions of a chunk that lua_dump has made without stripping:
 * headers and instructions, if 'full' also constants, locals and upvalues.
 * Returns NULL, or what is wrong with the chunk.
 */
const char *list_chunk(const void *chunk, size_t size, int full);

#endif
