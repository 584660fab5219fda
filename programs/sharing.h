/*
 * Writes out the strings of a chunk that holds each of them once (5.5), so that its functions can be looked at, moved
 * and stripped one by one. In other versions there is nothing to do.
 */

#ifndef SHARING_H
#define SHARING_H

#include "joining.h"

/* NULL, or what is wrong. */
const char *unshare_strings(struct bytes *chunk);

#endif
