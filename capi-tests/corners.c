/* Corners where C functions, errors, closing and yields meet: `__close` that yields in every way of leaving a frame,
 * errors raised on threads that do not run, functions that go through C and come back. */

#include <locale.h>

#include "common.h"

#if LUA_VERSION_NUM >= 504
static void step(lua_State *L, lua_State *co, int arguments) {
    int results = -1;
    int status = lua_resume(co, L, arguments, &results);
    if (status > LUA_YIELD) results = -1; /* means nothing after an error */
    printf("resume %d status %d results %d ", status, lua_status(co), results);
    if (status <= LUA_YIELD) {
        for (int i = -results; i < 0; i++) show(co, i), putchar(' ');
        putchar('\n');
        lua_pop(co, results);
    } else {
        show(co, -1), putchar('\n');
    }
}

/* Resumes until the coroutine is no longer suspended. */
static void finish(lua_State *L, lua_State *co, int arguments) {
    do step(L, co, arguments), arguments = 0;
    while (lua_status(co) == LUA_YIELD);
    lua_settop(L, 0);
}

static int after_close(lua_State *L, int status, lua_KContext context) {
    printf("in the continuation of a closing function: %d %d\n", status, (int)context);
    lua_pushstring(L, "ignored");
    return 1;
}
static int close_yielding(lua_State *L) {
    printf("closing "), show(L, 2), putchar('\n');
    lua_getiuservalue(L, 1, 1);
    lua_pushvalue(L, 2);
    return lua_yieldk(L, 2, 3, after_close);
}
static int close_plainly(lua_State *L) {
    printf("closing plainly "), show(L, 2), putchar('\n');
    lua_pushstring(L, "plain");
    return lua_yield(L, 1);
}

/* A value whose `__close` is `f`. */
static int push_closable(lua_State *L, lua_CFunction f, const char *name) {
    lua_newuserdatauv(L, 0, 1);
    lua_pushstring(L, name), lua_setiuservalue(L, -2, 1);
    lua_newtable(L), lua_pushcfunction(L, f), lua_setfield(L, -2, "__close"), lua_setmetatable(L, -2);
    return 1;
}
static int closable(lua_State *L) {
    return push_closable(L, lua_toboolean(L, 2) ? close_plainly : close_yielding, luaL_checkstring(L, 1));
}

/* Returns, or fails, with two variables to close. */
static int returns_closing(lua_State *L) {
    lua_settop(L, 1);
    push_closable(L, close_yielding, "outer"), lua_toclose(L, -1);
    push_closable(L, close_plainly, "inner"), lua_toclose(L, -1);
    if (lua_toboolean(L, 1)) return luaL_error(L, "failing");
    lua_pushstring(L, "result"), lua_pushstring(L, "two");
    return 2;
}
static int closes_slot(lua_State *L) {
    push_closable(L, close_yielding, "slot"), lua_toclose(L, -1);
    lua_closeslot(L, -1);
    return 0;
}
static int settop_closes(lua_State *L) {
    push_closable(L, close_yielding, "top"), lua_toclose(L, -1);
    lua_settop(L, 0);
    return 0;
}
static int after_pcall(lua_State *L, int status, lua_KContext context) {
    printf("after the protected call: %d %d\n", status, (int)context);
    lua_pushinteger(L, status), lua_insert(L, 1);
    return lua_gettop(L);
}
static int pcall_k(lua_State *L) {
    return after_pcall(L, lua_pcallk(L, lua_gettop(L) - 1, LUA_MULTRET, 0, 5, after_pcall), 5);
}

static void closing(lua_State *L) {
    static const struct { const char *name, *text; } scripts[] = {
        {"closing that yields when a C function returns", "return returns_closing(false)"},
        {"closing that yields when a C function returns to C", "return pcall(returns_closing, false)"},
        {"closing that yields when a C function returns in a tail call", "local function f() return returns_closing(false) end local a, b, c = f() return c, b, a"},
        {"closing that yields in a metamethod of C", "local t = setmetatable({}, {__index = returns_closing}) return t.x, t.y"},
        {"closing that yields after an error in C", "return pcall(returns_closing, true)"},
        {"closing that yields after an error nobody catches", "return returns_closing(true)"},
        {"closing that yields after an error in Lua", "return pcall(function() local a <close> = closable('a') local b <close> = closable('b', true) error('E', 0) end)"},
        {"closing that yields after an error under xpcall", "return xpcall(function() local a <close> = closable('a') local b <close> = closable('b', true) error('E', 0) end, function(m) return 'handled ' .. m end)"},
        {"closing that yields in a block of Lua", "do local a <close> = closable('a') local b <close> = closable('b', true) end return 'done'"},
        {"closing that yields at a return of Lua", "local a <close> = closable('a') local b <close> = closable('b', true) return 'done', 2"},
        {"closing that yields in a loop", "for i in function(_, i) if not i then return 1 end end, nil, nil, closable('for') do end return 'done'"},
        {"library functions that close", "return pcall(function() local a <close> = setmetatable({}, {__close = coroutine.yield}) local b <close> = setmetatable({}, {__close = coroutine.wrap(function() coroutine.yield('never seen') end)}) "
            "local c <close> = setmetatable({}, {__close = pcall}) local d <close> = setmetatable({}, {__close = error}) local e <close> = setmetatable({}, {__close = print and function() coroutine.yield('e') end}) error('first', 0) end)"},
        {"closing slots cannot yield", "return pcall(closes_slot)"},
        {"cutting the stack cannot yield", "return pcall(settop_closes)"},
        {"closing that yields under a protected call of C", "return pcall_k(function() local a <close> = closable('a') local b <close> = closable('b', true) error('E', 0) end)"},
        {"closing that yields under a protected call of C after a yield", "return pcall_k(function() coroutine.yield('first') local a <close> = closable('a') local b <close> = closable('b', true) error('E', 0) end)"},
        {"closing under two protected calls of C", "return pcall_k(pcall_k, function() local a <close> = closable('a') error('E', 0) end)"},
        {"errors while closing that yields", "return pcall(function() local a <close> = setmetatable({}, {__close = function(_, e) coroutine.yield('a', e) error('from a', 0) end}) local b <close> = closable('b', true) local c <close> = setmetatable({}, {__close = function(_, e) coroutine.yield('c', e) error('from c', 0) end}) error('E', 0) end)"},
    };
    lua_register(L, "closable", closable), lua_register(L, "returns_closing", returns_closing);
    lua_register(L, "closes_slot", closes_slot), lua_register(L, "settop_closes", settop_closes);
    lua_register(L, "pcall_k", pcall_k);
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        check(scripts[i].name);
        lua_State *co = lua_newthread(L);
        if (luaL_loadstring(co, scripts[i].text) != LUA_OK) printf("%s\n", lua_tostring(co, -1));
        finish(L, co, 0);
    }
    check("C function with variables to close as the body of a coroutine");
    lua_State *co = lua_newthread(L);
    lua_pushcfunction(co, returns_closing), finish(L, co, 0);
    co = lua_newthread(L);
    lua_pushcfunction(co, returns_closing), lua_pushboolean(co, 1), finish(L, co, 1);
    printf("status %d\n", lua_closethread(co, NULL));
    check("a pile of variables to close");
    co = lua_newthread(L);
    luaL_loadstring(co, "local n = 0 local mt = {__close = function() n = n + 1 if n % 1000 == 0 then coroutine.yield(n) end end} local native = {__close = select}\n"
                        "local function f(d) local a <close> = setmetatable({}, mt) local b <close> = setmetatable({}, native) if d == 0 then error('bottom', 0) end f(d - 1) return 1 end return pcall(f, 5000)");
    finish(L, co, 0);
}

#else
#define closing(L) (void)0
#endif

/* Raises an error on a thread that runs nothing. */
static int fails_elsewhere(lua_State *L) {
    lua_State *other = lua_newthread(L);
    lua_pushstring(other, "raised on another thread");
    return lua_error(other);
}

#if LUA_VERSION_NUM >= 502 /* before, that was the end of the program */
static void elsewhere(lua_State *L) {
    lua_register(L, "fails_elsewhere", fails_elsewhere);
    check("error on a thread that runs nothing");
    lua_pushcfunction(L, fails_elsewhere), outcome(L, "from C", lua_pcall(L, 0, 0, 0));
    run(L, "print(pcall(fails_elsewhere))");
    check("error on a thread that runs nothing, inside a coroutine");
    run(L, "print(pcall(function() local co = coroutine.wrap(function() print('inside', pcall(fails_elsewhere)) return 'not reached' end) print(co()) end))");
    luaL_loadstring(L, "return coroutine.resume(coroutine.create(function() return coroutine.wrap(fails_elsewhere)() end))");
    outcome(L, "nested", lua_pcall(L, 0, LUA_MULTRET, 0));
    lua_State *co = lua_newthread(L);
    lua_pushvalue(L, 1), lua_setglobal(L, "kept");
    run(L, "print(pcall(string.gsub, 'x', 'x', coroutine.wrap(function() fails_elsewhere() end)))");
    (void)co;
    run(L, "print('the state works', select('#', coroutine.running()))");
}
#else
#define elsewhere(L) lua_register(L, "fails_elsewhere", fails_elsewhere)
#endif

#if LUA_VERSION_NUM >= 504
static int last_from, last_count;
static void transfers(lua_State *L, lua_Debug *ar) {
    lua_getinfo(L, "Sr", ar);
    if (ar->what[0] == 'C') last_from = ar->ftransfer, last_count = ar->ntransfer;
}
static void hook_transfers(lua_State *L) {
    static const char *const calls[] = {"next({1})", "next({})", "next({}, nil)", "ipairs({})", "pairs({})", "math.floor(1.5)", "select(2, 1, 2, 3)", "select('#')", "type(1)",
        "rawget({}, 1)", "rawlen({})", "rawequal(1, 2)", "tostring(1)", "tonumber('1')", "string.byte('abc', 1, 3)", "string.sub('abc', 2)", "('x'):rep(3)", "('abc'):len()", "table.unpack({1, 2, 3})", "table.concat({1, 2})",
        "math.max(1, 2, 3)", "math.type(1)", "assert(1, 2, 3)", "setmetatable({}, nil)", "getmetatable({})", "pcall(type, 1)", "string.format('%d', 1)", "string.find('abc', 'b')", "utf8.char(65)", "os.time()", "math.random()", "string.char(65)", "table.insert({}, 1)", "table.remove({1})", "coroutine.running()", "coroutine.isyieldable()"};
    check("what hooks see of results");
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        for (int mask = 1; mask <= 2; mask++) {
            luaL_loadstring(L, lua_pushfstring(L, "local _ = %s", calls[i]));
            lua_sethook(L, transfers, mask, 0);
            lua_call(L, 0, 0);
            lua_sethook(L, NULL, 0, 0);
            printf("%s%s: %d %d\n", calls[i], mask == 1 ? " call" : " return", last_from, last_count);
            lua_settop(L, 0);
        }
    }
}

#else
#define hook_transfers(L) (void)0
#endif

static int same(lua_State *L) {
    lua_CFunction f = lua_tocfunction(L, 1);
    if (f == NULL) return 0;
    lua_pushcfunction(L, f);
    lua_pushboolean(L, lua_rawequal(L, 1, -1));
    lua_newtable(L), lua_pushvalue(L, 1), lua_pushstring(L, "found"), lua_rawset(L, -3);
    lua_pushcfunction(L, f), lua_rawget(L, -2), lua_replace(L, -2);
    return 2;
}
static void functions(lua_State *L) {
    check("functions that went through C");
    lua_register(L, "same", same);
    run(L, "local names = {} for lib, t in pairs(package.loaded) do if type(t) == 'table' then for k, f in pairs(t) do if type(f) == 'function' and f ~= require and k ~= 'module' and lib ~= 'package' then local a, b = same(f) names[#names + 1] = lib .. '.' .. k .. ' ' .. tostring(a) .. ' ' .. tostring(b) end end end end table.sort(names) print(table.concat(names, '\\n'))");
    run(L, "print(same(require)) print(same(coroutine.wrap(print))) print(same(string.gmatch('', ''))) print(same(same)) print(same(function() end))");
    lua_getglobal(L, "print");
    lua_CFunction print = lua_tocfunction(L, -1);
    lua_pushcfunction(L, print);
    printf("%d %d\n", lua_rawequal(L, 1, 2), lua_topointer(L, 1) == lua_topointer(L, 2));
    lua_pushstring(L, "printed"), lua_call(L, 1, 0);
    lua_State *other = luaL_newstate();
    luaL_openlibs(other);
    lua_getglobal(other, "print"), lua_pushcfunction(other, print), printf("%d\n", lua_rawequal(other, 1, 2));
    lua_close(other);
    lua_pushstring(L, "up"), lua_pushcclosure(L, print, 1), lua_pushstring(L, "closure"), lua_call(L, 1, 0);
    lua_settop(L, 0);
}

static int stop_writing(lua_State *L, const void *piece, size_t size, void *calls) {
    (void)L, (void)piece, (void)size;
    ++*(int *)calls;
    return 77;
}
static void writers(lua_State *L) {
    check("a writer that fails");
    int calls = 0;
    luaL_loadstring(L, "local a = ... return function() return a, 'text' end");
    printf("%d", lua_dump(L, stop_writing, &calls, 0)), printf(" after %d\n", calls);
    printf("%d", lua_dump(L, stop_writing, &calls, 1)), printf(" after %d\n", calls);
    lua_settop(L, 0);
#if LUA_VERSION_NUM < 505 /* must be a Lua function since */
    lua_getglobal(L, "print"), printf("%d\n", lua_dump(L, stop_writing, &calls, 0));
    lua_settop(L, 0);
#endif
}

static void locales(lua_State *L) {
    static const char *const names[] = {"C", "C.UTF-8", "en_US.ISO-8859-1", "de_DE.ISO-8859-1", "de_DE@euro", "en_US.UTF-8"};
    check("character classes follow the locale");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (setlocale(LC_ALL, names[i]) == NULL) continue;
        printf("%s\n", names[i]);
        run(L, "for _, class in ipairs {'a', 'c', 'd', 'g', 'l', 'p', 's', 'u', 'w', 'x'} do local t = {} for c = 0, 255 do if string.char(c):find('%' .. class) then t[#t + 1] = c end end print(class, table.concat(t, ' ')) end\n"
               "local s = '' for c = 1, 255 do s = s .. string.char(c) end print((s:upper():gsub('.', function(c) return c:byte() .. ' ' end))) print((s:lower():gsub('.', function(c) return c:byte() .. ' ' end)))\n"
               "print(tonumber('\\xa01'), tonumber(' 1 '), string.format('%q', '\\xe4\\n\\1'), load('local \\xe4 = 1 return \\xe4'), 1.5, pcall(function() return '2,5' + 0 end))");
    }
    setlocale(LC_ALL, "C");
}

int main(void) {
    lua_State *L = new_state();
    closing(L), elsewhere(L), hook_transfers(L), functions(L), writers(L), locales(L);
    lua_close(L);
    return 0;
}
