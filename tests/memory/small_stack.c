/*
 * A native stack of 64 KiB is enough for 10^8 instructions and for deep recursion written in Lua: neither
 * instructions nor calls, metamethods, pcall or coroutine switches from Lua use it up.
 */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include <lua.h>
#include <lauxlib.h>
#include <lualib.h>

/* How deep Lua functions can call each other: 5.1 counts its calls. */
#if LUA_VERSION_NUM >= 502
#define DEPTH 150000
#else
#define DEPTH 15000
#endif
#define TEXT(number) #number
#define TEXT_OF(number) TEXT(number)

static const char *const scripts[] = {
    "local s = 0 for i = 1, 25000000 do s = s + i % 7 end return s", /* four instructions each */
    "local function f(n) if n == 0 then return 0 end return 1 + f(n - 1) end return f(" TEXT_OF(DEPTH) ")",
    "local t t = setmetatable({}, {__index = function(_, n) if n == 0 then return 0 end return t[n - 1] + 1 end}) return t[150]",
    "local function f(n) if n == 0 then return 0 end local _, r = pcall(f, n - 1) return r + 1 end return f(150)",
    "local function f(n) if n == 0 then return 0 end return coroutine.wrap(f)(n - 1) + 1 end return f(50)",
    "local function g(n) for i = 1, n do coroutine.yield(i) end end local s = 0 for v in coroutine.wrap(function() g(1000000) end) do s = s + v end return s",
    "local mt = {} mt.__add = function(a, b) return setmetatable({a[1] + (b[1] or 0)}, mt) end local x = setmetatable({0}, mt) for i = 1, 300000 do x = x + {1} end return x[1]",
};
static const double expected[] = {74999998, DEPTH, 150, 150, 50, 500000500000, 300000};

static int failures;

static void *life(void *unused) {
    (void)unused;
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        lua_State *L = luaL_newstate();
        luaL_openlibs(L);
        if (luaL_dostring(L, scripts[i]) != 0 || lua_tonumber(L, -1) != expected[i]) {
            printf("script %d: %s\n", (int)i + 1, lua_tostring(L, -1));
            failures++;
        }
        lua_close(L);
    }
    return NULL;
}

int main(void) {
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 64 * 1024);
    if (pthread_create(&thread, &attributes, life, NULL) != 0) return 2;
    pthread_join(thread, NULL);
    return failures != 0;
}
