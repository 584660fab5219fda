/* lua_yield of 5.1 returns to the C function: what it does before it returns, and what the resumer finds on the stack. */
#include <lua.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>

/* Values that the function being suspended has at its end. */
static int values;

static int few(lua_State *L) {
    lua_pushinteger(L, 77);
    lua_pushinteger(L, 78);
    int n = lua_yield(L, 1);
    values = lua_gettop(L);
    return n;
}

static int more(lua_State *L) {
    int n = lua_yield(L, 2);
    lua_pushinteger(L, 5);
    values = lua_gettop(L);
    return n;
}

static int none(lua_State *L) { return lua_yield(L, 0); }

static void go(lua_State *L, const char *script) {
    lua_State *co = lua_newthread(L);
    int args = 0, status, turn, n;
    printf("== %s\n", script);
    luaL_loadstring(co, script);
    for (turn = 0; turn < 6; turn++) {
        values = 0;
        status = lua_resume(co, args);
        printf("%d, %d values in the end:", status, values);
        for (n = 1; n <= lua_gettop(co); n++)
            printf(" %s", lua_tostring(co, n) ? lua_tostring(co, n) : luaL_typename(co, n));
        putchar('\n');
        lua_settop(co, 0);
        if (status != LUA_YIELD) break;
        lua_pushinteger(co, turn * 10);
        lua_pushinteger(co, turn * 10 + 1);
        args = 2;
    }
    lua_pop(L, 1);
}

int main(void) {
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    lua_register(L, "few", few);
    lua_register(L, "more", more);
    lua_register(L, "none", none);
    go(L, "local a, b, c = few(1, 2, 3) return a, b, c");
    go(L, "local a, b, c = more(1, 2, 3) return few(a, b, c)");
    go(L, "none() none(1, 2, 3) return none(4)");
    go(L, "for i = 1, 3 do more(i, i * i) end return pcall(few)");
    if (luaL_dostring(L, "local c = coroutine.wrap(function(...) print(few(...)) print(more(...)) return select('#', none(1)) end)\n"
                         "print(c(1, 2)) print(c(3)) print(c(4)) print(pcall(c, 5, 6, 7)) print(pcall(c))"))
        puts(lua_tostring(L, -1));
    lua_settop(L, 0);
    lua_pushcfunction(L, few);
    printf("outside: %d", lua_pcall(L, 0, 0, 0));
    printf(" %s\n", lua_tostring(L, -1));
    lua_close(L);
    return 0;
}
