/*
 * Joins precompiled chunks; see joining.h.
 */

#include "joining.h"

const char *join_chunks(struct bytes frame, const struct bytes *parts, int count, struct bytes *whole) {
    (void)frame, (void)parts, (void)count, (void)whole;
    return "cannot join several chunks";
}
