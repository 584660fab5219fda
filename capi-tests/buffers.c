/* luaL_Buffer in all its stages: in place, grown, with values below it, sizes known beforehand. */

#include <errno.h>
#include <sys/wait.h>

#include "common.h"

static void grown(lua_State *L) {
    check("growth");
    for (size_t total = 1; total < 100000; total = total * 3 + 1) {
        luaL_Buffer b;
        lua_pushstring(L, "below");
        luaL_buffinit(L, &b);
        for (size_t i = 0; i < total; i++) luaL_addchar(&b, (char)('a' + i % 26));
        luaL_pushresult(&b);
        size_t n;
        const char *s = lua_tolstring(L, -1, &n);
        printf("%d %d top %d last %c\n", (int)total, (int)n, lua_gettop(L), s[n - 1]);
        lua_settop(L, 0);
    }
    check("strings and values");
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (int i = 0; i < 500; i++) {
        luaL_addstring(&b, "item ");
        lua_pushinteger(L, i), luaL_addvalue(&b);
        luaL_addlstring(&b, ", \0", 3);
#if LUA_VERSION_NUM >= 504
        if (i % 3 == 0) luaL_addgsub(&b, "<x-x>", "x", "yy");
        if (i % 10 == 0) luaL_buffsub(&b, 1), luaL_addchar(&b, '\n');
#endif
    }
#if LUA_VERSION_NUM >= 504
    printf("len %d ", (int)luaL_bufflen(&b));
#endif
    luaL_pushresult(&b);
    printf("%d %.40s\n", (int)lua_rawlen(L, -1), lua_tostring(L, -1));
    lua_settop(L, 0);
    luaL_buffinit(L, &b), luaL_pushresult(&b), stack(L, "empty"), lua_settop(L, 0);
    luaL_buffinit(L, &b);
    memcpy(luaL_prepbuffer(&b), "prepared", 8), luaL_addsize(&b, 8), luaL_pushresult(&b), stack(L, "prepared"), lua_settop(L, 0);
#if LUA_VERSION_NUM >= 502
    check("sizes known");
    char *space = luaL_buffinitsize(L, &b, 10);
    memcpy(space, "0123456789", 10), luaL_pushresultsize(&b, 10), stack(L, "small"), lua_settop(L, 0);
    space = luaL_buffinitsize(L, &b, 50000);
    memset(space, 'z', 50000), luaL_pushresultsize(&b, 50000), printf("%d\n", (int)lua_rawlen(L, -1)), lua_settop(L, 0);
    luaL_buffinit(L, &b);
    for (int i = 0; i < 5; i++) space = luaL_prepbuffsize(&b, 3000), memset(space, 'a' + i, 3000), luaL_addsize(&b, 3000);
    space = luaL_prepbuffer(&b), space[0] = '!', luaL_addsize(&b, 1);
#if LUA_VERSION_NUM >= 504
    printf("%d %d ", (int)luaL_bufflen(&b), luaL_buffaddr(&b)[2999]);
#endif
    luaL_pushresult(&b), printf("%d %c\n", (int)lua_rawlen(L, -1), lua_tostring(L, -1)[15000]), lua_settop(L, 0);
#endif
    check("values of every length");
    for (int n = 0; n < 3000; n += 333) {
        luaL_buffinit(L, &b);
        luaL_addchar(&b, '[');
        for (int i = 0; i < 3; i++) {
            char text[3001];
            memset(text, 'v', n), text[n] = 0;
            lua_pushstring(L, text), luaL_addvalue(&b);
        }
        luaL_addchar(&b, ']'), luaL_pushresult(&b);
        printf("%d ", (int)lua_rawlen(L, -1));
        lua_settop(L, 0);
    }
    putchar('\n');
}

#if LUA_VERSION_NUM >= 502
static int overflow(lua_State *L) {
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    luaL_addstring(&b, "x");
    luaL_prepbuffsize(&b, (size_t)-20000);
    return 0;
}
#endif
static int fails_inside(lua_State *L) {
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (int i = 0; i < 5000; i++) luaL_addstring(&b, "large");
    return luaL_error(L, "in the middle");
}
static int in_function(lua_State *L) {
    luaL_Buffer b;
    int top = lua_gettop(L);
    luaL_buffinit(L, &b);
    for (int i = 1; i <= top; i++) luaL_tolstring(L, i, NULL), luaL_addvalue(&b), luaL_addchar(&b, ';');
    luaL_pushresult(&b);
    return 1;
}

static void in_functions(lua_State *L) {
    check("buffers in functions");
#if LUA_VERSION_NUM >= 502
    lua_register(L, "overflow", overflow);
    run(L, "print(pcall(overflow))");
#endif
    lua_register(L, "fails", fails_inside), lua_register(L, "join", in_function);
    run(L, "print(pcall(fails)) print(join(1, 'two', 3.5, nil, true))");
    run(L, "local t = {} for i = 1, 200 do t[i] = ('x'):rep(i) end print(#join(table.unpack(t)))");
    run(L, "for i = 1, 50 do pcall(fails) end collectgarbage() print(collectgarbage('count') < 1000)");
}

#if LUA_VERSION_NUM >= 502
static void results(lua_State *L) {
    check("file and exec results");
    errno = ENOENT;
    printf("%d ", luaL_fileresult(L, 0, "name")), stack(L, "failed"), lua_settop(L, 0);
    errno = EACCES;
    printf("%d ", luaL_fileresult(L, 0, NULL)), stack(L, "no name"), lua_settop(L, 0);
    printf("%d ", luaL_fileresult(L, 1, "name")), stack(L, "fine"), lua_settop(L, 0);
    errno = 0;
    printf("%d ", luaL_execresult(L, 0)), stack(L, "zero"), lua_settop(L, 0);
    printf("%d ", luaL_execresult(L, 3 << 8)), stack(L, "three"), lua_settop(L, 0);
    printf("%d ", luaL_execresult(L, 9)), stack(L, "signal"), lua_settop(L, 0);
    errno = ENOMEM;
    printf("%d ", luaL_execresult(L, -1)), stack(L, "minus one"), lua_settop(L, 0);
}
#else
#define results(L) (void)0
#endif

int main(void) {
    lua_State *L = new_state();
    grown(L), in_functions(L), results(L);
    lua_close(L);
    return 0;
}
