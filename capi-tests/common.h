/*
 * What the programs share: titles of checks, and ways to print values so that two libraries print the same.
 *
 * Output goes to stdout without buffering, so that a crash loses nothing.
 */

#ifndef COMMON_H
#define COMMON_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lua.h>
#include <lauxlib.h>
#include <lualib.h>

/* What the newest versions take, in the words of the version at hand. */
#if LUA_VERSION_NUM < 502
#define LUA_OK 0
#define lua_load(L, reader, data, name, mode) lua_load(L, reader, data, name)
#define lua_rawlen lua_objlen
#endif
#if LUA_VERSION_NUM < 503
#define lua_dump(L, writer, data, strip) lua_dump(L, writer, data)
#endif
#if LUA_VERSION_NUM < 504
#define lua_newuserdatauv(L, size, values) lua_newuserdata(L, size)
static inline int resume(lua_State *L, lua_State *from, int arguments, int *results) {
#if LUA_VERSION_NUM < 502
    (void)from;
    int status = lua_resume(L, arguments);
#else
    int status = lua_resume(L, from, arguments);
#endif
    *results = lua_gettop(L);
    return status;
}
#define lua_resume resume
#endif

/* Begins a check: its output is compared by itself. */
static inline void check(const char *name) {
    printf("== %s\n", name);
}

/* Prints a value without addresses. */
static inline void show(lua_State *L, int index) {
    size_t length;
    switch (lua_type(L, index)) {
    case LUA_TNONE: printf("none"); break;
    case LUA_TNIL: printf("nil"); break;
    case LUA_TBOOLEAN: printf(lua_toboolean(L, index) ? "true" : "false"); break;
    case LUA_TNUMBER:
#if LUA_VERSION_NUM >= 503
        if (lua_isinteger(L, index)) printf(LUA_INTEGER_FMT, lua_tointeger(L, index));
        else
#endif
            printf("%.14gf", lua_tonumber(L, index));
        break;
    case LUA_TSTRING: {
        const char *s = lua_tolstring(L, index, &length);
        putchar('"');
        fwrite(s, 1, length, stdout);
        putchar('"');
        break;
    }
    default: printf("<%s>", lua_typename(L, lua_type(L, index)));
    }
}

/* Prints the whole stack on a line, with a word before it. */
static inline void stack(lua_State *L, const char *word) {
    printf("%s:", word);
    for (int i = 1; i <= lua_gettop(L); i++) {
        putchar(' ');
        show(L, i);
    }
    putchar('\n');
}

/* Prints a status and the message on the stack, if any; pops everything. */
static inline void outcome(lua_State *L, const char *word, int status) {
    printf("%s = %d", word, status);
    stack(L, "");
    lua_settop(L, 0);
}

static inline lua_State *new_state(void) {
    setvbuf(stdout, NULL, _IONBF, 0);
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    return L;
}

/* Runs Lua text, which must not fail. */
static inline void run(lua_State *L, const char *text) {
    if (luaL_dostring(L, text) != LUA_OK) {
        printf("failed: %s\n", lua_tostring(L, -1));
        exit(1);
    }
}

#endif
