/*
 * Chunks with a damaged byte: each byte of a few chunks is replaced in turn by many values. What the loader accepts is
 * run for a while, in a coroutine of its own and with a message handler that makes stack and call records move. It may do
 * what it likes, but only to Lua's values: every block must be given back when the state is closed, and what was freed,
 * which is overwritten, must not be used.
 *
 * Runs also with AddressSanitizer.
 */

#include "common.h"

/* Programs that between them use most of the instruction set. */
static const char *const sources[] = {
    "local t = {1, 'two', {3}; four = 4} t[1], t.x, t[t] = t.four, 'x', t[2] for i = 1, 3 do t[i] = t[i] or i * 2 end return #t, t.x .. t[1], -t[1]",
    "local function f(a, ...) local n = select('#', ...) if n > 0 then return a, ... end return {...}, {n, f(n, a)} end return f(1, f(2, 3)), (f())",
    "local u, s = 0, 'abc' local function inc(n) u = u + n return function() u = u * n return u, s:upper(), inc end end "
    "for k, v in pairs({inc(2), inc(3)}) do if v() > 3 and k ~= 7 then u = v() break end end return inc, u <= 9, not s, x",
    "x = 5 local i = 1.5 while i < 4 do i = i + 1 - 0.25 if i == 3 then x = i % 2 / 3 ^ i end end repeat local z = x x = nil until not x return i .. x == 1",
};

static struct {
    size_t blocks, bytes;
} tally;

static void *allocate(void *ud, void *block, size_t old, size_t size) {
    const size_t limit = (size_t)20 << 20;
    void *new = NULL;
    (void)ud;
    if (block == NULL) old = 0;
    if (size > old && tally.bytes + size - old > limit) return NULL;
    if (size != 0) {
        new = malloc(size);
        if (new == NULL) abort();
        if (block != NULL) memcpy(new, block, old < size ? old : size);
        tally.blocks++;
    }
    if (block != NULL) {
        memset(block, 0xdb, old);
        free(block);
        tally.blocks--;
    }
    tally.bytes += size - old;
    return new;
}

static lua_State *fresh_state(void) {
#if LUA_VERSION_NUM >= 505
    return lua_newstate(allocate, NULL, 1);
#else
    return lua_newstate(allocate, NULL);
#endif
}

static struct {
    char text[4000];
    size_t length;
} chunk;

static int append(lua_State *L, const void *piece, size_t size, void *ud) {
    (void)L, (void)ud;
    if (size > sizeof chunk.text - chunk.length) return 1;
    if (size > 0) memcpy(chunk.text + chunk.length, piece, size);
    chunk.length += size;
    return 0;
}

static void stop(lua_State *L, lua_Debug *ar) {
    (void)ar;
    luaL_error(L, "long enough");
}

/* Calls a function, which is on top, by the one at 1. */
static int run_damaged(lua_State *L) {
    lua_sethook(L, stop, LUA_MASKCOUNT, 2000);
    lua_pushvalue(L, 1);
    lua_insert(L, -2);
    int status = lua_pcall(L, 1, 0, 0);
    lua_settop(L, 1);
    return status;
}

/* The function is called with a message handler, and then its results are looked at. */
static const char driver[] =
    "local pcall, xpcall, error, tostring, select = pcall, xpcall, error, tostring, select\n"
    "local wrap, traceback = coroutine.wrap, debug.traceback\n"
    "local function deep(n) if n > 0 then return (deep(n - 1)) end return traceback() end\n"
    "local function handler(m) return deep(40) .. tostring(m) end\n"
    "local function look(...) for i = 1, select('#', ...) do local _ = tostring((select(i, ...))) end end\n"
    "return function(f) pcall(wrap(function() look(xpcall(f, handler)) end)) end\n";

static lua_State *prepare(void) {
    lua_State *L = fresh_state();
    if (L == NULL) abort();
    luaL_openlibs(L);
    lua_pushnil(L), lua_setglobal(L, "print");
    if (luaL_loadstring(L, driver) != LUA_OK || lua_pcall(L, 0, 1, 0) != LUA_OK) abort();
    return L;
}

int main(int count, char **arguments) {
    static char damaged[sizeof chunk.text];
    long refused = 0, accepted = 0;
    int step = count > 1 && strcmp(arguments[1], "brief") == 0 ? 50 : 1;
    for (size_t n = 0; n < sizeof sources / sizeof *sources; n++) {
        lua_State *L = prepare();
        chunk.length = 0;
        if (luaL_loadstring(L, sources[n]) != LUA_OK || lua_dump(L, append, NULL, 1) != 0) abort();
        lua_settop(L, 1);
        for (size_t at = 0; at < chunk.length; at++) {
            for (int value = at % step; value < 256; value = value < 132 || value == 255 ? value + step : 255) {
                memcpy(damaged, chunk.text, chunk.length);
                damaged[at] = (char)value;
                if (luaL_loadbuffer(L, damaged, chunk.length, "=damaged") == LUA_OK) accepted++, run_damaged(L);
                else refused++, lua_settop(L, 1);
            }
            /* Damaged programs leave traces in the libraries' tables. */
            if (at % 16 == 15) lua_close(L), L = prepare();
        }
        lua_close(L);
    }
    if (tally.blocks != 0 || tally.bytes != 0) {
        printf("%zu blocks with %zu bytes were not given back\n", tally.blocks, tally.bytes);
        return 1;
    }
    printf("%ld chunks refused, %ld run\n", refused, accepted);
    return accepted == 0;
}
