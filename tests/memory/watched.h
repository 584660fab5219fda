/*
 * Put before a program's own text where AddressSanitizer watches: states get an allocator by which every block of theirs
 * is one of malloc's. The library's own would hide most mistakes.
 */
#include <stdlib.h>
#include <lua.h>
#include <lauxlib.h>

static inline void *watched_block(void *data, void *block, size_t old, size_t size) {
    (void)data;
    (void)old;
    if (size == 0) {
        free(block);
        return NULL;
    }
    return realloc(block, size);
}

static inline lua_State *watched_state(void) {
#if LUA_VERSION_NUM >= 505
    return lua_newstate(watched_block, NULL, luaL_makeseed(NULL));
#else
    return lua_newstate(watched_block, NULL);
#endif
}

#undef luaL_newstate
#define luaL_newstate() watched_state()
