/* Coroutines from C: resume, yield, continuations, closing, hooks that yield. */

#include "common.h"

static int yielder(lua_State *L) {
    return lua_yield(L, lua_gettop(L));
}
#if LUA_VERSION_NUM >= 502
CONTINUATION(after) {
    printf("continued: status %d context %d ", status, (int)context);
    stack(L, "with");
    lua_pushinteger(L, context);
    return lua_gettop(L);
}
static int yielder_k(lua_State *L) {
    return lua_yieldk(L, lua_gettop(L), 42, after);
}
static int caller_k(lua_State *L) {
    lua_pushstring(L, "kept");
    lua_insert(L, 1);
    lua_callk(L, lua_gettop(L) - 2, LUA_MULTRET, 7, after);
    return CONTINUE(after, L, LUA_OK, -1);
}
static int pcaller_k(lua_State *L) {
    int status = lua_pcallk(L, lua_gettop(L) - 1, LUA_MULTRET, 0, 9, after);
    return CONTINUE(after, L, status, 9); /* as the continuation would: which of them sees an error is not said */
}
static int handler(lua_State *L) {
    lua_pushfstring(L, "<%s>", lua_tostring(L, 1));
    return 1;
}
static int xpcaller_k(lua_State *L) {
    lua_pushcfunction(L, handler), lua_insert(L, 1);
    int status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 1, 11, after);
    return CONTINUE(after, L, status, 11);
}
CONTINUATION(again) {
    (void)status;
    lua_settop(L, 0);
    if (context == 0) {
        lua_pushstring(L, "loop over");
        return 1;
    }
    lua_pushinteger(L, context);
    return lua_yieldk(L, 1, context - 1, again);
}
static int looper(lua_State *L) {
    return CONTINUE(again, L, LUA_OK, luaL_checkinteger(L, 1));
}
#endif

static int plain_caller(lua_State *L) {
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

static void step(lua_State *L, lua_State *co, int arguments) {
    int results = -1;
    int status = lua_resume(co, L, arguments, &results);
    if (status > LUA_YIELD) results = -1; /* means nothing after an error */
    printf("resume %d status %d results %d ", status, lua_status(co), results);
    stack(co, "stack");
}

static void basics(lua_State *L) {
    check("resume a Lua function");
    lua_State *co = lua_newthread(L);
    luaL_loadstring(co, "local a, b = ... local c = coroutine.yield(a + b) local d, e = coroutine.yield(c .. '!') return d, e, 'end'");
    printf("status %d\n", lua_status(co));
    lua_pushinteger(co, 1), lua_pushinteger(co, 2), step(L, co, 2);
    lua_settop(co, 0), lua_pushstring(co, "x"), step(L, co, 1);
    lua_settop(co, 0), lua_pushinteger(co, 8), lua_pushinteger(co, 9), step(L, co, 2);
#if LUA_VERSION_NUM >= 504 /* earlier versions take for granted that there is something to resume */
    lua_settop(co, 0), step(L, co, 0);
#endif
    lua_settop(co, 0), lua_settop(L, 0);
#if LUA_VERSION_NUM >= 502 /* before, the body had to be a Lua function */
    check("resume a C function");
    co = lua_newthread(L);
    lua_pushcfunction(co, yielder), lua_pushinteger(co, 5), step(L, co, 1);
    lua_pushstring(co, "back"), step(L, co, 1);
    lua_settop(co, 0), lua_settop(L, 0);
    check("resume again after the end");
    co = lua_newthread(L);
    luaL_loadstring(co, "return 1"), step(L, co, 0), lua_settop(co, 0);
    luaL_loadstring(co, "return 2"), step(L, co, 0), lua_settop(co, 0);
    lua_pushcfunction(co, yielder), step(L, co, 0), step(L, co, 0);
    lua_settop(L, 0);
#endif
    check("errors in coroutines");
    co = lua_newthread(L);
    luaL_loadstring(co, "local function f() error('inside') end f()"), step(L, co, 0);
#if LUA_VERSION_NUM >= 502
    luaL_traceback(L, co, lua_tostring(co, -1), 0), printf("%s\n", lua_tostring(L, -1));
#endif
    lua_settop(co, 0), luaL_loadstring(co, "return 1"), step(L, co, 0);
    lua_settop(L, 0);
    check("yield outside");
    lua_pushcfunction(L, yielder), outcome(L, "outside", lua_pcall(L, 0, 0, 0));
    printf("%d\n", lua_isyieldable(L));
    co = lua_newthread(L);
    printf("%d\n", lua_isyieldable(co));
    lua_settop(L, 0);
}

/* Yields one value and keeps others below it. */
static int keeper(lua_State *L) {
    lua_pushstring(L, "passed out");
    return lua_yield(L, 1);
}
#if LUA_VERSION_NUM >= 502
static int keeper_k(lua_State *L) {
    lua_pushstring(L, "kept"), lua_pushstring(L, "passed out");
    return lua_yieldk(L, 1, 5, after);
}
#endif

static void kept_values(lua_State *L) {
    static const char *bodies[] = {"local a = keeper(1, 2) return 'end', a", "local a, b = keeper(1, 2) return a, b, keeper()",
#if LUA_VERSION_NUM >= 502
        "return keeper_k(1, 2)", "keeper_k() return keeper_k('a', 'b', 'c')",
#endif
    };
    check("what a function that yields keeps");
    lua_register(L, "keeper", keeper);
#if LUA_VERSION_NUM >= 502
    lua_register(L, "keeper_k", keeper_k);
#endif
    for (unsigned i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        lua_State *co = lua_newthread(L);
        luaL_loadstring(co, bodies[i]), step(L, co, 0);
        lua_gc(L, LUA_GCCOLLECT, 0);
#if LUA_VERSION_NUM >= 502
        luaL_traceback(L, co, NULL, 0), puts(lua_tostring(L, -1)), lua_pop(L, 1);
#endif
        lua_pop(co, 1), lua_pushinteger(co, 10), lua_pushinteger(co, 20), step(L, co, 2);
        lua_settop(co, 0), lua_pushinteger(co, 30);
        if (lua_status(co) == LUA_YIELD) step(L, co, 1);
        lua_settop(L, 0);
    }
}

static void no_continuations(lua_State *L) {
    check("no continuation");
    lua_register(L, "plain", plain_caller);
    run(L, "local co = coroutine.create(plain) print(coroutine.resume(co, coroutine.yield, 1)) print(coroutine.status(co))");
    run(L, "local co = coroutine.create(function() plain(coroutine.yield, 1) end) print(coroutine.resume(co)) print(coroutine.status(co))");
    run(L, "local co = coroutine.create(function() return pcall(plain, function() coroutine.yield() end) end) print(coroutine.resume(co))");
}

#if LUA_VERSION_NUM >= 502
static void continuations(lua_State *L) {
    static const struct { const char *name; lua_CFunction f; } functions[] = {
        {"yielder", yielder}, {"yielder_k", yielder_k}, {"caller_k", caller_k}, {"pcaller_k", pcaller_k}, {"xpcaller_k", xpcaller_k}, {"looper", looper}};
    for (int i = 0; i < 6; i++) lua_register(L, functions[i].name, functions[i].f);
    check("continuation of yield");
    run(L, "local co = coroutine.wrap(function(...) return yielder_k(...) end) print(co(1, 2)) print(co('a', 'b'))");
    run(L, "local co = coroutine.wrap(yielder_k) print(co(1)) print(co())");
    check("continuation of call");
    run(L, "local co = coroutine.wrap(caller_k) print(co(function(...) return coroutine.yield(...) end, 1, 2)) print(co('r1', 'r2'))");
    run(L, "print(caller_k(function() return 'no yield' end))");
    run(L, "local co = coroutine.wrap(caller_k) print(co(yielder, 5)) print(co('back'))");
    check("continuation of protected call");
    run(L, "local co = coroutine.wrap(pcaller_k) print(co(function(...) return coroutine.yield(...) end, 1)) print(co('result'))");
    run(L, "local co = coroutine.wrap(pcaller_k) print(co(function(...) coroutine.yield(...) error('after yield', 0) end, 1)) print(co())");
    run(L, "print(pcaller_k(error, 'at once'))");
    run(L, "local co = coroutine.wrap(pcaller_k) print(co(error, 'in coroutine'))");
    run(L, "local co = coroutine.wrap(xpcaller_k) print(co(function() coroutine.yield('y') error('E', 0) end)) print(select(2, co()))");
    check("continuations repeated");
    run(L, "local co = coroutine.wrap(looper) for i = 1, 5 do print(co(4)) end");
    run(L, "local co = coroutine.wrap(function() return pcaller_k(caller_k, pcaller_k, looper, 2) end) print(co()) print(co()) print(co())");
    check("yield across everything");
    run(L, "local co = coroutine.wrap(function() local t = setmetatable({}, {__index = function(_, k) return caller_k(coroutine.yield, k) end}) return t.foo end) print(co()) print(co('val'))");
    run(L, "local co = coroutine.wrap(function() for a in pcaller_k, coroutine.yield, nil do print('it', a) return 'done' end end) print(co()) print(co(3))");
}

#else
#define continuations(L) (void)0
#endif

#if LUA_VERSION_NUM >= 504
static void closing(lua_State *L) {
    check("close a thread");
    lua_State *co = lua_newthread(L);
    luaL_loadstring(co, "local x <close> = setmetatable({}, {__close = function(_, e) print('closed', e) end}) coroutine.yield(1)");
    step(L, co, 0);
    printf("closethread %d ", lua_closethread(co, L)), printf("status %d ", lua_status(co)), stack(co, "stack");
    luaL_loadstring(co, "local x <close> = setmetatable({}, {__close = function() error('in close', 0) end}) coroutine.yield(1)");
    step(L, co, 0);
    printf("closethread %d ", lua_closethread(co, NULL)), stack(co, "stack");
    luaL_loadstring(co, "return 'usable'"), lua_replace(co, 1), step(L, co, 0);
    lua_settop(co, 0), luaL_loadstring(co, "error('e', 0)"), step(L, co, 0);
    printf("resetthread %d ", lua_resetthread(co)), stack(co, "stack");
    lua_settop(L, 0);
    check("toclose and closeslot");
    run(L, "function closer(name) return setmetatable({}, {__close = function(_, e) print('close ' .. name, e) end}) end");
    luaL_loadstring(L, "return closer('a')"), lua_call(L, 0, 1), lua_toclose(L, -1);
    luaL_loadstring(L, "return closer('b')"), lua_call(L, 0, 1), lua_toclose(L, -1);
    lua_pushinteger(L, 5);
    lua_closeslot(L, 2), stack(L, "after closeslot");
    lua_settop(L, 0), stack(L, "after settop");
    lua_pushnil(L), lua_toclose(L, -1), lua_pushboolean(L, 0), lua_toclose(L, -1), lua_settop(L, 0);
}

static int keeps(lua_State *L) {
    luaL_loadstring(L, "return closer('in C')"), lua_call(L, 0, 1), lua_toclose(L, -1);
    if (lua_toboolean(L, 1)) return luaL_error(L, "failing");
    lua_pushstring(L, "result"), lua_pushstring(L, "two");
    return 2;
}
static int bad_close(lua_State *L) {
    lua_newtable(L), lua_toclose(L, -1);
    return 0;
}

static void closing_in_functions(lua_State *L) {
    check("toclose in C functions");
    lua_register(L, "keeps", keeps), lua_register(L, "bad_close", bad_close);
    run(L, "print(keeps(false)) print(pcall(keeps, true)) print(pcall(bad_close))");
    run(L, "local co = coroutine.wrap(function() return keeps(false) end) print(co())");
}

#else
#define closing(L) (void)0
#define closing_in_functions(L) (void)0
#endif

static void yielding_hook(lua_State *L, lua_Debug *ar) {
    (void)ar;
    if (lua_isyieldable(L)) lua_yield(L, 0);
}

static void hooks(lua_State *L) {
    check("hooks that yield");
    lua_State *co = lua_newthread(L);
    luaL_loadstring(co, "local s = 0\nfor i = 1, 3 do\n s = s + i\nend\nreturn s");
    lua_sethook(co, yielding_hook, LUA_MASKLINE, 0);
    int n, status, count = 0;
    while ((status = lua_resume(co, L, 0, &n)) == LUA_YIELD) count++;
    printf("yields %d status %d results %d ", count, status, n), stack(co, "stack");
    lua_settop(L, 0);
    co = lua_newthread(L);
    luaL_loadstring(co, "local s = 0 for i = 1, 1000 do s = s + i end return s");
    lua_sethook(co, yielding_hook, LUA_MASKCOUNT, 100);
    count = 0;
    while ((status = lua_resume(co, L, 0, &n)) == LUA_YIELD) count++;
    printf("yielded %d status %d ", count > 10, status), stack(co, "stack");
    lua_settop(L, 0);
}

static void deep(lua_State *L) {
    check("nested resumes");
    run(L, "local function nest(n) if n == 0 then return 'bottom' end return coroutine.wrap(nest)(n - 1) end print(nest(150))");
    run(L, "local function nest(n) local ok, e = coroutine.resume(coroutine.create(nest), n + 1) if not ok then return e end return e end print(nest(1))");
    lua_State *co = lua_newthread(L);
    for (int i = 0; i < 1000; i++) {
        int n;
        lua_pushcfunction(co, yielder), lua_pushinteger(co, i);
        lua_resume(co, L, 1, &n), lua_settop(co, 0), lua_resume(co, L, 0, &n), lua_settop(co, 0);
    }
    printf("%d %d\n", lua_gettop(co), lua_status(co));
}

int main(void) {
    lua_State *L = new_state();
    basics(L), kept_values(L), no_continuations(L), continuations(L), closing(L), closing_in_functions(L), hooks(L), deep(L);
    lua_close(L);
    return 0;
}
