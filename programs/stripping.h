/*
 * Takes the debug information out of a precompiled chunk: what 'luac -s' does. lua_dump can leave it out itself only
 * since 5.3.
 */

#ifndef STRIPPING_H
#define STRIPPING_H

#include "joining.h"

/* Shortens the chunk in place. Returns NULL, or what is wrong with the chunk. */
const char *strip_chunk(struct bytes *chunk);

#endif
