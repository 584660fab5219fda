/* Where 5.2's API meets errors: continuations and their contexts, finalizers that fail, statuses, the collector's options, hooks
 * that yield. */

#define LUA_COMPAT_ALL
#include "../common.h"
#undef lua_resume
#include <errno.h>
#include <setjmp.h>

static int after(lua_State *L) {
    int context = -1;
    int status = lua_getctx(L, &context);
    printf("after: status %d context %d ", status, context), stack(L, "stack");
    lua_pushinteger(L, context);
    return 1;
}

static int deeper(lua_State *L) {
    int context = -1;
    int status = lua_getctx(L, &context);
    printf("deeper: status %d context %d\n", status, context);
    if (context >= 3 && status == LUA_YIELD) return lua_gettop(L);
    lua_pushvalue(L, 1);
    lua_callk(L, 0, 1, (status == LUA_OK ? 0 : context) + 1, deeper);
    return status == LUA_OK ? lua_gettop(L) : deeper(L);
}

static int handler(lua_State *L) {
    lua_pushfstring(L, "handled <%s>", lua_tostring(L, 1));
    return 1;
}

static int protected_with_handler(lua_State *L) {
    lua_settop(L, 1);
    lua_pushcfunction(L, handler), lua_insert(L, 1);
    int status = lua_pcallk(L, 0, LUA_MULTRET, 1, 12, after);
    printf("at once: %d ", status), stack(L, "stack");
    return lua_gettop(L) - 1;
}

static int yields_without(lua_State *L) {
    return lua_yield(L, lua_gettop(L));
}

static int calls_without(lua_State *L) {
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

static int pcalls_without(lua_State *L) {
    lua_pushinteger(L, lua_pcall(L, lua_gettop(L) - 1, LUA_MULTRET, 0)), lua_insert(L, 1);
    return lua_gettop(L);
}

static int raises(lua_State *L) {
    return luaL_error(L, "raised by %s", "C");
}

static int yields_then_raises(lua_State *L) {
    return lua_yieldk(L, 0, 1, raises);
}

static void continuations(lua_State *L) {
    lua_register(L, "deeper", deeper), lua_register(L, "protected", protected_with_handler);
    lua_register(L, "yields", yields_without), lua_register(L, "calls", calls_without);
    lua_register(L, "pcalls", pcalls_without), lua_register(L, "raising", yields_then_raises);
    check("continuation that goes on");
    run(L, "print(select(2, deeper(function() return 'plain' end)))");
    run(L, "local n = 0 local co = coroutine.wrap(function() return deeper(function() n = n + 1 return coroutine.yield(n) end) end) print(co()) print(co('r1')) print(co('r2')) print(select(2, co('r3')))");
    check("protected call with a message handler");
    run(L, "print(protected(function() error('e', 0) end)) print(protected(function() return 1 end))");
    run(L, "local co = coroutine.wrap(function() return protected(function() coroutine.yield(1) error('late', 0) end) end) print(co()) print(co())");
    run(L, "local co = coroutine.wrap(function() return protected(function() return coroutine.yield(1) end) end) print(co()) print(co('x', 'y'))");
    check("no continuation");
    run(L, "print(coroutine.wrap(function() return yields(1, 2) end)())");
    run(L, "local co = coroutine.create(function() return calls(coroutine.yield, 5) end) print(coroutine.resume(co)) print(coroutine.status(co))");
    run(L, "local co = coroutine.create(function() return pcalls(coroutine.yield, 5) end) print(coroutine.resume(co)) print(coroutine.status(co))");
    run(L, "print(pcall(yields)) print(pcalls(yields))");
    run(L, "local co = coroutine.create(function() raising() end) print(coroutine.resume(co)) print(coroutine.resume(co))");
    run(L, "local co = coroutine.create(function() return pcall(raising) end) print(coroutine.resume(co)) print(coroutine.resume(co))");
}

static int collects(lua_State *L) {
    lua_gc(L, LUA_GCCOLLECT, 0);
    return 0;
}

static int out_of_memory(lua_State *L) {
    lua_newuserdata(L, (size_t)-1 / 2);
    return 0;
}

static int fails_again(lua_State *L) {
    lua_pushnil(L), lua_arith(L, LUA_OPUNM);
    return 0;
}

static void statuses(lua_State *L) {
    check("statuses");
    printf("%d %d %d %d %d %d %d\n", LUA_OK, LUA_YIELD, LUA_ERRRUN, LUA_ERRSYNTAX, LUA_ERRMEM, LUA_ERRGCMM, LUA_ERRERR);
    run(L, "setmetatable({}, { __gc = function() error('in finalizer', 0) end })");
    lua_pushcfunction(L, collects), printf("%d ", lua_pcall(L, 0, 0, 0)), stack(L, "finalizer"), lua_settop(L, 0);
    run(L, "setmetatable({}, { __gc = function() error({}) end })");
    lua_pushcfunction(L, handler), lua_pushcfunction(L, collects);
    printf("%d ", lua_pcall(L, 0, 0, 1)), stack(L, "finalizer without text"), lua_settop(L, 0);
    lua_pushcfunction(L, handler), lua_pushcfunction(L, out_of_memory);
    printf("%d ", lua_pcall(L, 0, 0, 1)), stack(L, "memory"), lua_settop(L, 0);
    lua_pushcfunction(L, fails_again), lua_pushcfunction(L, raises);
    printf("%d ", lua_pcall(L, 0, 0, 1)), stack(L, "handler"), lua_settop(L, 0);
    lua_pushnumber(L, 5), lua_pushcfunction(L, raises);
    printf("%d ", lua_pcall(L, 0, 0, 1)), stack(L, "no handler"), lua_settop(L, 0);
    lua_pushcfunction(L, handler), lua_pushcfunction(L, raises);
    printf("%d ", lua_pcall(L, 0, LUA_MULTRET, 1)), stack(L, "handled"), lua_settop(L, 0);
    lua_pushnil(L), printf("%d ", lua_pcall(L, 0, 0, 0)), stack(L, "nil"), lua_settop(L, 0);
    check("statuses of threads");
    lua_State *co = lua_newthread(L);
    lua_pushcfunction(co, raises);
    printf("%d ", lua_status(co)), printf("%d ", lua_resume(co, L, 0)), printf("%d ", lua_status(co)), stack(co, "thread");
    printf("%d ", lua_resume(co, L, 0)), stack(co, "dead"), lua_settop(L, 0);
    co = lua_newthread(L);
    lua_pushcfunction(co, yields_without), lua_pushinteger(co, 1), lua_pushinteger(co, 2);
    printf("%d ", lua_resume(co, L, 2)), printf("%d ", lua_status(co)), stack(co, "suspended");
    lua_settop(co, 0), lua_pushliteral(co, "result"), printf("%d ", lua_resume(co, NULL, 1)), stack(co, "finished");
    printf("%d\n", lua_status(co)), lua_settop(L, 0);
    printf("%d\n", lua_status(L));
}

static void collector(lua_State *L) {
    check("options of the collector");
    printf("%d %d ", lua_gc(L, LUA_GCSETPAUSE, 150), lua_gc(L, LUA_GCSETPAUSE, 200));
    printf("%d %d ", lua_gc(L, LUA_GCSETSTEPMUL, 300), lua_gc(L, LUA_GCSETSTEPMUL, 200));
    printf("%d %d ", lua_gc(L, LUA_GCSETMAJORINC, 150), lua_gc(L, LUA_GCSETMAJORINC, 200));
    printf("%d %d ", lua_gc(L, LUA_GCGEN, 0), lua_gc(L, LUA_GCGEN, 0));
    run(L, "local t = {} for i = 1, 1000 do t[i] = { i } end for i = 1, 10000 do t[i % 1000 + 1] = { i } end print(#t)");
    printf("%d %d ", lua_gc(L, LUA_GCINC, 0), lua_gc(L, LUA_GCINC, 0));
    printf("%d %d %d\n", lua_gc(L, LUA_GCSTOP, 0), lua_gc(L, LUA_GCISRUNNING, 0), lua_gc(L, LUA_GCRESTART, 0));
    printf("%d %d %d %d\n", lua_gc(L, -1, 0), lua_gc(L, 12, 0), lua_gc(L, 4, 0) > 0, lua_gc(L, LUA_GCISRUNNING, 5));
    lua_gc(L, LUA_GCSTOP, 0);
    int steps = 0;
    while (!lua_gc(L, LUA_GCSTEP, 10) && steps < 100000) steps++;
    printf("%d %d\n", steps < 100000, lua_gc(L, LUA_GCSTEP, 1 << 20)), lua_gc(L, LUA_GCRESTART, 0);
}

static void yielding_hook(lua_State *L, lua_Debug *ar) {
    (void)ar;
    lua_yield(L, 0);
}

static void line_hook(lua_State *L, lua_Debug *ar) {
    lua_getinfo(L, "Sl", ar);
    printf("%d:%d ", ar->event, ar->currentline);
    if (ar->currentline == 3) lua_sethook(L, NULL, 0, 0), luaL_error(L, "stopped at %d", ar->currentline);
}

static void hooks(lua_State *L) {
    check("hooks that yield");
    lua_State *co = lua_newthread(L);
    luaL_loadstring(co, "local n = 0\nfor i = 1, 3 do\nn = n + i\nend\nreturn n");
    lua_sethook(co, yielding_hook, LUA_MASKLINE, 0);
    int status, turns = 0;
    while ((status = lua_resume(co, L, 0)) == LUA_YIELD && turns < 100) turns++;
    printf("%d %d ", status, turns), stack(co, "end"), lua_settop(L, 0);
    co = lua_newthread(L);
    luaL_loadstring(co, "local n = 0 for i = 1, 100 do n = n + i end return n");
    lua_sethook(co, yielding_hook, LUA_MASKCOUNT, 50);
    for (turns = 0; lua_resume(co, L, 0) == LUA_YIELD && turns < 100;) turns++;
    printf("%d ", turns), stack(co, "counted"), lua_settop(L, 0);
    check("hooks that raise errors");
    lua_sethook(L, line_hook, LUA_MASKLINE, 0);
    printf("%d ", luaL_dostring(L, "local a\nlocal b = 1\nlocal c\nlocal d = 2")), lua_sethook(L, NULL, 0, 0), stack(L, "error"), lua_settop(L, 0);
}

static jmp_buf out;

static int panics(lua_State *L) {
    printf("panic: %s\n", lua_tostring(L, -1));
    longjmp(out, 1);
}

static int wants_stack(lua_State *L) {
    luaL_checkstack(L, 2000000, "no room");
    return 0;
}

static int wants_stack_silently(lua_State *L) {
    luaL_checkstack(L, 2000000, NULL);
    return 0;
}

static int options(lua_State *L) {
    static const char *const names[] = {"one", "two", NULL};
    lua_pushinteger(L, luaL_checkoption(L, 1, "two", names));
    return 1;
}

static int userdata(lua_State *L) {
    printf("%d ", luaL_testudata(L, 1, "kind") != NULL);
    luaL_checkudata(L, 1, "kind");
    return 0;
}

static int method(lua_State *L) {
    luaL_checkinteger(L, 2), luaL_argcheck(L, lua_toboolean(L, 3), 3, "must be true"), luaL_checktype(L, 4, LUA_TTABLE), luaL_checkany(L, 5);
    return luaL_argerror(L, 1, "that is all");
}

static void misuse(lua_State *L) {
    check("panic");
    lua_CFunction before = lua_atpanic(L, panics);
    if (!setjmp(out)) lua_pushliteral(L, "unprotected"), lua_error(L);
    lua_settop(L, 0), printf("%d\n", lua_atpanic(L, before) == panics);
    check("room on the stack");
    printf("%d %d ", lua_checkstack(L, 100), lua_checkstack(L, 2000000));
    lua_pushcfunction(L, wants_stack), printf("%d ", lua_pcall(L, 0, 0, 0)), stack(L, "message"), lua_settop(L, 0);
    lua_pushcfunction(L, wants_stack_silently), printf("%d ", lua_pcall(L, 0, 0, 0)), stack(L, "none"), lua_settop(L, 0);
    check("messages about arguments");
    lua_register(L, "options", options), lua_register(L, "userdata", userdata);
    luaL_newmetatable(L, "kind"), printf("%d ", luaL_newmetatable(L, "kind")), lua_settop(L, 0);
    lua_newuserdata(L, 1), luaL_setmetatable(L, "kind"), lua_setglobal(L, "good");
    lua_newtable(L), lua_pushcfunction(L, method), lua_setfield(L, -2, "method"), lua_setglobal(L, "object");
    run(L, "print(options(), options('one'), pcall(function() options('three') end)) print(pcall(function() options({}) end))");
    run(L, "userdata(good) print(pcall(function() userdata(5) end)) print(pcall(function() userdata(io.stdout) end)) print(pcall(function() userdata() end)) print(pcall(function() userdata {} end))");
    run(L, "print(pcall(function() object:method() end)) print(pcall(function() object:method(1) end)) print(pcall(function() object:method(1, true) end)) print(pcall(function() object:method(1, true, {}) end)) print(pcall(function() object:method(1, true, {}, 1) end)) print(pcall(function() object.method() end)) print(pcall(object.method))");
    check("results of files and programs");
    errno = 2, printf("%d ", luaL_fileresult(L, 0, "name")), stack(L, "file"), lua_settop(L, 0);
    errno = 2, printf("%d ", luaL_fileresult(L, 0, NULL)), stack(L, "no name"), lua_settop(L, 0);
    printf("%d ", luaL_fileresult(L, 1, NULL)), stack(L, "fine"), lua_settop(L, 0);
    printf("%d ", luaL_execresult(L, 3 << 8)), stack(L, "exit"), lua_settop(L, 0);
    printf("%d ", luaL_execresult(L, 0)), stack(L, "success"), lua_settop(L, 0);
    printf("%d ", luaL_execresult(L, 9)), stack(L, "signal"), lua_settop(L, 0);
    check("what the library says of itself");
    extern const char lua_ident[];
    printf("%s\n", strstr(lua_ident, "Lua 5.2.4") ? "Lua 5.2.4" : lua_ident);
}

int main(void) {
    setvbuf(stdout, NULL, _IONBF, 0);
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    continuations(L), statuses(L), collector(L), hooks(L), misuse(L);
    lua_close(L);
    return 0;
}
