/*
 * An allocator that refuses the n-th request, for every n: the library must report LUA_ERRMEM (or carry on after a
 * collection), the state must work afterwards, and closing it must give back every byte with its right size.
 *
 * Two ways of refusing: only that request, and all from it until the error has been reported. The script goes
 * through all libraries. With the argument 'brief' only every 50th n is tried.
 *
 * Runs also under valgrind, and with AddressSanitizer.
 */

#include "common.h"

/* Text for those versions that understand it. */
#if LUA_VERSION_NUM >= 504
#define FROM_54(text) text
#else
#define FROM_54(text)
#endif
#if LUA_VERSION_NUM >= 503
#define FROM_53(text) text
#else
#define FROM_53(text)
#endif
#if LUA_VERSION_NUM >= 502
#define FROM_52(text) text
#define ONLY_51(text)
#else
#define FROM_52(text)
#define ONLY_51(text) text
#endif

static const char script[] =
    "local t = {}\n"
    "for i = 1, 40 do t[i] = {i, name = 'n' .. i, f = function() return i end} end\n"
    "for k, v in pairs(t) do v.sum = k + #v.name + v.f() end\n"
    "table.sort(t, function(a, b) return a[1] > b[1] end)\n"
    "table.insert(t, 1, {0}) table.remove(t) " FROM_53("table.move(t, 1, 10, 5)") " local unpack = unpack or table.unpack unpack(t, 1, 30)\n"
    "local s = table.concat({('x'):rep(100), 'y', 12, 1.5}, ', ')\n"
    "s = s:upper():lower():reverse():gsub('%w+', '<%0>'):gsub('x', {x = 'z'}):gsub('y', function(c) return c .. c end)\n"
    "for w in s:gmatch('%a') do s = s .. w if #s > 300 then break end end\n"
    "string.format('%s %d %5.2f %q %x', s, 5, 1.25, 'quo\\nted', 255)\n"
    FROM_52("string.format('%a', 0.5)\n")
    FROM_53("string.unpack('<i4 z s2', string.pack('<i4 z s2', 7, 'zero', 'counted'))\n")
    FROM_53("utf8.char(228, 8364, 128512) utf8.len('h\\u{e4}') for p, c in utf8.codes('\\u{20ac}') do end\n")
    "math.random(100) math.floor(3.7) tostring(2^53) tonumber('0x1p4')\n"
    "os.date('%Y-%m-%d', 0) os.time {year = 2020, month = 1, day = 1} os.getenv('HOME') os.date('*t', 0)\n"
    "local f = io.tmpfile() if f then f:write('line 1\\n', 42, '\\n') f:seek('set') for l in f:lines() do end f:seek('set') f:read('*a') f:close() end\n"
    "local co = coroutine.wrap(function(...) local a = ... for i = 1, 5 do a = coroutine.yield({a, i}) end return 'end' end)\n"
    "for i = 1, 6 do co(i) end\n"
    FROM_54("pcall(coroutine.wrap(function() local x <close> = setmetatable({}, {__close = function() local t = {{}, {}} end}) error({}) end))\n")
    FROM_54("local c = coroutine.create(function() local x <close> = setmetatable({}, {__close = function() return {} end}) coroutine.yield() end)\n"
    "coroutine.resume(c) coroutine.close(c)\n")
    "local m = setmetatable({}, {__index = function(_, k) return k .. '!' end, __add = function(a, b) return {a, b} end, __concat = function() return {} end,\n"
    "  __call = function(self, ...) return {...} end, __gc = function() local garbage = {{}} end, __tostring = function() return 'obj' .. 1 end})\n"
    "local r = {m.x, m + 1, m .. 'y', m(1, 2, 3), tostring(m)}\n"
    ONLY_51("local load = loadstring\n")
    "local g = load('local a, b = ... return function() return a, b, \"constant text\" end', '=chunk')\n"
    "g = load(string.dump(g)) g(1, 2)()\n"
    "load('x = = 1') load('return ' .. ('('):rep(50) .. '1' .. (')'):rep(50)) _G.load(function() return nil end)\n"
    "pcall(error, {}) pcall(function() local x = nil; return x.field end) select('#', xpcall(error, debug.traceback, 'm'))\n"
    "debug.traceback('t') debug.getinfo(1) debug.getlocal(1, 1) debug.sethook(function() end, 'l') debug.sethook()\n"
    FROM_52("package.searchpath('a.b', './?.nothing;./?.neither')") " pcall(require, 'no.such.module') package.preload.p = function() return {} end require 'p'\n"
    "local weak = setmetatable({}, {__mode = 'kv'}) for i = 1, 20 do weak[{}] = {} weak[i] = {} end\n"
    "local n = os.tmpname() local f = io.open(n, 'w') if f then f:setvbuf('full', 100) f:write('return ', 1.5, ', ...') f:close() for l in io.lines(n, '*l') do end loadfile(n)(1) dofile(n) pcall(loadfile, n .. '.none') end os.remove(n)\n"
    "local p = io.popen('echo out', 'r') p:read('*l', '*n', 3) p:close() io.type(p); os.setlocale() os.clock() os.rename(n, n .. '.none');\n"
    "local _ = ('a,b,c'):find(',', 1, true), ('key=value'):match('(%w+)=(%w+)'), ('x'):rep(50, '-'), ('%d'):format(3), tostring(print), tostring(-0.0), '10' + 5, 'x' .. 1.5 .. 2\n"
    FROM_53("local _ = 10 // 3, math.tointeger('8'), 5 & 3\n")
    ONLY_51("newproxy(true) table.foreach({1}, function() end) setfenv(function() end, getfenv(1)) module('some.module', package.seeall)\n")
    "rawset({}, 1, 2) next({1}) ipairs({}) rawequal('a', 'b') select(-1, 1, 2) assert(true)\n" FROM_52("rawlen('abc') table.pack(1, nil, 3)\n") FROM_54("warn('@off')\n")
    "debug.setmetatable(nil, nil) debug.getupvalue(print, 1) debug.getregistry() debug.getinfo(print, 'nSlufL')\n"
    FROM_52("debug.upvalueid(function() return s end, 1) debug.setuservalue(io.stdout, nil)\n")
    "collectgarbage() collectgarbage('step') " FROM_54("collectgarbage('generational')") " local x = {} for i = 1, 50 do x[i] = {x} end " FROM_54("collectgarbage('incremental')") " collectgarbage()\n"
    "local big = {} for i = 1, 300 do big[i] = i end for i = 1, 100 do big['k' .. i] = i end\n"
    "local function va(...) return select('#', ...), {...} end va(unpack(big, 1, 200))\n"
    FROM_52("goto done do local z = 1 end ::done::\n")
    "return #t, s\n";

static struct {
    long count, refuse_at; /* requests so far, and the one that is refused (0: none) */
    int all_after;
    size_t blocks, bytes;
    long wrong_sizes, refused;
} tally;

static void *allocate(void *ud, void *block, size_t old, size_t size) {
    (void)ud;
    size_t *p = block != NULL ? (size_t *)block - 2 : NULL;
    if (p != NULL && p[0] != old) tally.wrong_sizes++;
    if (size == 0) {
        if (p != NULL) tally.blocks--, tally.bytes -= old, free(p);
        return NULL;
    }
    if (p == NULL || size > old) { /* shrinking never fails, as Lua demands */
        tally.count++;
        if (tally.refuse_at != 0 && (tally.count == tally.refuse_at || (tally.all_after && tally.count > tally.refuse_at))) {
            tally.refused++;
            return NULL;
        }
    }
    p = realloc(p, size + 2 * sizeof *p);
    if (p == NULL) abort();
    if (block != NULL) tally.bytes -= old;
    else tally.blocks++;
    tally.bytes += size;
    p[0] = size;
    return p + 2;
}

#if LUA_VERSION_NUM >= 505
/* What 5.5 has besides. */
static const char script_55[] =
    "global none, list = nil, {}; global *\n"
    "global function extra(...t) t[#t + 1] = 'more' t.n = t.n + 1 return ... end extra(1, 2, 3) local function count(a, ...t) return t.n, t[1] end count(1, 2)\n"
    "local function env(..._ENV) n = 5 return n end env(1, 2)\n"
    "local t = table.create(30, 10) for i = 1, 30 do t[i] = i .. 'th' end utf8.offset('h\\u{e4}x', 2)\n"
    "pcall(error) load(string.dump(load('global x, y = 1, 2; local function f(...t) return t, x, \"some text\", \"some text\" end return f', '=chunk')))\n"
    "collectgarbage('param', 'pause', 200) local co = coroutine.create(function() local x <close> = setmetatable({}, {__close = function() return {{}} end}) coroutine.close() end) coroutine.resume(co)\n"
    "local o = type for i = 1, 10 do o = setmetatable({}, {__call = o}) end pcall(o, error)\n";

static int outside; /* external strings that have not been freed */
static void *release(void *ud, void *block, size_t old, size_t size) {
    (void)ud, (void)old, (void)size;
    outside--;
    free(block);
    return NULL;
}

static void push_external(lua_State *L, size_t length) {
    char *text = malloc(length + 1);
    if (text == NULL) abort();
    memset(text, 'e', length);
    text[length] = '\0';
    outside++;
    if (lua_pushexternalstring(L, text, length, release, NULL) != text) abort();
}

static void work_55(lua_State *L) {
    if (luaL_loadbuffer(L, script_55, sizeof script_55 - 1, "=script 5.5") != LUA_OK) lua_error(L);
    lua_call(L, 0, 0);
    for (size_t length = 0; length < 200; length += 9) push_external(L, length);
    lua_newtable(L);
    for (int i = 1; i <= 23; i++) lua_pushvalue(L, -2 - i), lua_pushinteger(L, i), lua_settable(L, -3);
    lua_settop(L, 0);
    luaL_openselectedlibs(L, LUA_STRLIBK, LUA_TABLIBK);
}
#endif

static const char *read_pieces(lua_State *L, void *data, size_t *size) {
    const char ***next = data;
    (void)L;
    *size = **next != NULL ? strlen(**next) : 0;
    return **next != NULL ? *(*next)++ : NULL;
}
/* The buffer's value lies below the function that is being dumped. */
static int write_piece(lua_State *L, const void *piece, size_t size, void *data) {
    lua_pop(L, 1);
    luaL_addlstring(data, piece, size);
    lua_pushvalue(L, 1);
    return 0;
}

static int later(lua_State *L);

static int work(lua_State *L) {
    luaL_openlibs(L);
    if (luaL_loadbuffer(L, script, sizeof script - 1, "=script") != LUA_OK) return lua_error(L);
    lua_call(L, 0, 0);
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (int i = 0; i < 600; i++) luaL_addstring(&b, "buffered ");
    luaL_pushresult(&b);
    luaL_tolstring(L, -1, NULL);
    lua_newuserdatauv(L, 100, 3);
    lua_pushcclosure(L, work, 1);
    luaL_ref(L, LUA_REGISTRYINDEX);
    lua_newthread(L);
    lua_concat(L, 0);
    lua_settop(L, 0);
    const char *pieces[] = {"local up = ... ", "return function(a) ", "return a, up, 'piece by piece' end", NULL};
    const char **next = pieces;
    if (lua_load(L, read_pieces, &next, "=pieces", "t") != LUA_OK) return lua_error(L);
    luaL_Buffer dump;
    luaL_buffinit(L, &dump);
    lua_pushvalue(L, 1);
    if (lua_dump(L, write_piece, &dump, 0) != 0) return luaL_error(L, "dump failed");
    lua_pop(L, 1);
    luaL_pushresult(&dump);
    luaL_newmetatable(L, "some.type");
    static const luaL_Reg functions[] = {{"work", work}, {"later", later}, {NULL, NULL}};
#if LUA_VERSION_NUM >= 502
    luaL_setfuncs(L, functions, 0);
    luaL_getsubtable(L, -1, "sub");
#else
    luaL_register(L, NULL, functions), luaL_register(L, "registered.library", functions);
#endif
    luaL_gsub(L, "a.b.c", ".", "/"), lua_pushfstring(L, "%s %d %f %p %%", "x", 7, 1.5, (void *)L);
#if LUA_VERSION_NUM >= 503
    lua_pushfstring(L, "%U", 0x20ACL);
#endif
    luaL_checkstack(L, 2000, "too many");
    luaL_requiref(L, "some.library", later, 1);
    lua_State *co = lua_newthread(L);
    if (luaL_loadstring(co, FROM_54("local x <close> = setmetatable({}, {__close = function() coroutine.yield({}) end}) ") "coroutine.yield({1}) error({})") != LUA_OK)
        return lua_xmove(co, L, 1), lua_error(L);
    int n, status;
    while ((status = lua_resume(co, L, 0, &n)) == LUA_YIELD) lua_settop(co, 0);
    if (status == LUA_ERRMEM) return lua_xmove(co, L, 1), lua_error(L);
#if LUA_VERSION_NUM >= 504
    lua_closethread(co, L);
    lua_gc(L, LUA_GCGEN, 0, 0), lua_gc(L, LUA_GCCOLLECT), lua_gc(L, LUA_GCINC, 0, 0, 0);
#else
    lua_gc(L, LUA_GCCOLLECT);
#endif
#if LUA_VERSION_NUM >= 502
    luaL_traceback(L, L, "trace", 0);
#endif
#if LUA_VERSION_NUM >= 505
    lua_settop(L, 0);
    luaL_checkstack(L, 60, "no room");
    work_55(L);
#endif
    return 0;
}

static long sum;

static int later(lua_State *L) {
    sum = 0;
    luaL_openlibs(L);
    if (luaL_dostring(L, "local t = {} for i = 1, 100 do t[i] = ('s'):rep(i) end collectgarbage() return #table.concat(t)") != LUA_OK) return lua_error(L);
    sum = (long)lua_tointeger(L, -1);
    return 1;
}

/* Calls a function in protected mode. In 5.1 pushing it may need memory, too. */
static int protect(lua_State *L, lua_CFunction f, int results) {
#if LUA_VERSION_NUM >= 502
    lua_pushcfunction(L, f);
    return lua_pcall(L, 0, results, 0);
#else
    (void)results;
    return lua_cpcall(L, f, NULL);
#endif
}

static const char *problem;

/* One life of a state; returns the status of the work. */
static int live(long n, int all_after) {
    memset(&tally, 0, sizeof tally);
    tally.refuse_at = n;
    tally.all_after = all_after;
#if LUA_VERSION_NUM >= 505
    lua_State *L = lua_newstate(allocate, NULL, 0);
#else
    lua_State *L = lua_newstate(allocate, NULL);
#endif
    if (L == NULL) {
        if (tally.blocks != 0) problem = "lua_newstate leaks";
        return tally.refused > 0 ? LUA_ERRMEM : -1;
    }
    int status = protect(L, work, 0);
    long refused = tally.refused;
    tally.refuse_at = 0;
    if (status != LUA_OK) {
        const char *message = lua_tostring(L, -1);
        if (status != LUA_ERRMEM && !(status == LUA_ERRRUN && refused > 0)) problem = "strange status";
        else if (status == LUA_ERRMEM && (message == NULL || strcmp(message, "not enough memory") != 0)) problem = "strange message";
        if (problem != NULL) printf("status %d: %s\n", status, message != NULL ? message : "(none)");
    }
    lua_settop(L, 0);
    if (protect(L, later, 1) != LUA_OK || sum != 5050) {
        printf("later: %s\n", lua_tostring(L, -1));
        problem = "the state does not work afterwards";
    }
    lua_close(L);
    if (tally.blocks != 0 || tally.bytes != 0) problem = "memory is left after lua_close";
#if LUA_VERSION_NUM >= 505
    if (outside != 0) problem = "external strings were not freed, or too often";
#endif
    if (tally.wrong_sizes != 0) problem = "a block was given back with a wrong size";
    return refused > 0 ? status : -1;
}

int main(int argc, char **argv) {
    int stride = argc > 1 && strcmp(argv[1], "brief") == 0 ? 50 : 1;
    long tried = 0, errors = 0;
    (void)argv;
    for (int all_after = 0; all_after <= 1; all_after++) {
        for (long n = 1;; n += stride) {
            int status = live(n, all_after);
            if (problem != NULL) {
                printf("request %ld (%s): %s\n", n, all_after ? "and all after it" : "alone", problem);
                return 1;
            }
            if (status == -1) break; /* nothing was refused any more */
            tried++;
            if (status != LUA_OK) errors++;
        }
    }
    printf("%ld refusals, %ld of them ended the script\n", tried, errors);
    return tried > 1000 / stride ? 0 : 1;
}
