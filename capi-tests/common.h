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

/*
 * The programs are written in the words of the newest API. What an older version calls or passes differently is put into
 * its words here; what it does not have at all, the programs leave out.
 */
#if LUA_VERSION_NUM < 502
#define LUA_OK 0
#define lua_load(L, reader, data, name, mode) lua_load(L, reader, data, name)
#define luaL_loadbufferx(L, text, size, name, mode) luaL_loadbuffer(L, text, size, name)
#define luaL_loadfilex(L, name, mode) luaL_loadfile(L, name)
#define lua_rawlen lua_objlen
#define lua_tointegerx(L, index, known) (*(known) = lua_isnumber(L, index), lua_tointeger(L, index))
#define lua_tonumberx(L, index, known) (*(known) = lua_isnumber(L, index), lua_tonumber(L, index))
#define lua_pushglobaltable(L) lua_pushvalue(L, LUA_GLOBALSINDEX)
#define luaL_setmetatable(L, name) (luaL_getmetatable(L, name), lua_setmetatable(L, -2))
#undef lua_getglobal
#define lua_getglobal(L, name) lua_getfield(L, LUA_GLOBALSINDEX, name)

static inline const char *luaL_tolstring(lua_State *L, int index, size_t *size) {
    lua_pushvalue(L, index);
    lua_getfield(L, LUA_GLOBALSINDEX, "tostring");
    lua_insert(L, -2);
    lua_call(L, 1, 1);
    return lua_tolstring(L, -1, size);
}
static inline void luaL_requiref(lua_State *L, const char *name, lua_CFunction open, int global) {
    (void)global; /* it always is one */
    lua_pushcfunction(L, open);
    lua_pushstring(L, name);
    lua_call(L, 1, 1);
}
#endif

#if LUA_VERSION_NUM < 503
#define lua_dump(L, writer, data, strip) lua_dump(L, writer, data)
#define lua_isinteger(L, index) 0

/* Since 5.3 what gets a value returns its type. */
#if LUA_VERSION_NUM == 502
#define lua_getglobal(L, name) (lua_getglobal(L, name), lua_type(L, -1))
#define lua_rawgetp(L, index, key) (lua_rawgetp(L, index, key), lua_type(L, -1))
#endif
#define lua_getfield(L, index, name) (lua_getfield(L, index, name), lua_type(L, -1))
#define lua_gettable(L, index) (lua_gettable(L, index), lua_type(L, -1))
#define lua_rawget(L, index) (lua_rawget(L, index), lua_type(L, -1))
#define lua_rawgeti(L, index, n) (lua_rawgeti(L, index, n), lua_type(L, -1))

/* Outside the main thread, as far as the programs want to know. */
static inline int lua_isyieldable(lua_State *L) {
    int is_main = lua_pushthread(L);
    lua_pop(L, 1);
    return !is_main;
}
#endif

#if LUA_VERSION_NUM < 504
#define lua_newuserdatauv(L, size, values) lua_newuserdata(L, size)
#define GC_ARGUMENTS(what, value, ...) what, value
#define lua_gc(L, ...) lua_gc(L, GC_ARGUMENTS(__VA_ARGS__, 0, 0))
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

/* Defines a continuation, whose parameters are `L`, `status` and `context`, and calls it. */
#if LUA_VERSION_NUM == 502
typedef int lua_KContext;
#define CONTINUATION(name)                                                 \
    static int name##_at(lua_State *L, int status, lua_KContext context);  \
    static int name(lua_State *L) {                                        \
        int context = 0, status = lua_getctx(L, &context);                 \
        return name##_at(L, status, context);                              \
    }                                                                      \
    static int name##_at(lua_State *L, int status, lua_KContext context)
#define CONTINUE(name, L, status, context) name##_at(L, status, context)
#else
#define CONTINUATION(name) static int name(lua_State *L, int status, lua_KContext context)
#define CONTINUE(name, L, status, context) name(L, status, context)
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

/* Runs Lua text, which must not fail. */
static inline void run(lua_State *L, const char *text) {
    if (luaL_dostring(L, text) != LUA_OK) {
        printf("failed: %s\n", lua_tostring(L, -1));
        exit(1);
    }
}

static inline lua_State *new_state(void) {
    setvbuf(stdout, NULL, _IONBF, 0);
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
#if LUA_VERSION_NUM < 502
    run(L, "table.unpack = unpack function table.pack(...) return {n = select('#', ...), ...} end");
#endif
    return L;
}

#endif
