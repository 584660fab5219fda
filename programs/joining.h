/*
 * Makes one precompiled chunk of several: what luac does with several input files.
 */

#ifndef JOINING_H
#define JOINING_H

#include <stddef.h>

/* A growing run of bytes from malloc; 'room' bytes are there, 'size' of them used. */
struct bytes {
    unsigned char *start;
    size_t size, room;
};

/*
 * 'frame' is the chunk of a function that holds and calls 'count' empty functions; puts the main function
 * of each of 'parts' in the place of one of them and leaves the chunk in 'whole' (from malloc).
 * Returns NULL, or what is wrong with the chunks.
 */
const char *join_chunks(struct bytes frame, const struct bytes *parts, int count, struct bytes *whole);

#endif
