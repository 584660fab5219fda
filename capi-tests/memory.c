/* The collector, allocators, user data with finalizers, extra space, warnings, states of their own. */

#include "common.h"

#if LUA_VERSION_NUM >= 505
#define host_state(f, ud) lua_newstate(f, ud, 1)
#else
#define host_state(f, ud) lua_newstate(f, ud)
#endif

static struct { size_t blocks, bytes, peak, bad; } tally;

/* Counts, and checks that every size given back is the size that was asked for. */
static void *counting(void *ud, void *block, size_t old, size_t size) {
    (void)ud;
    size_t *p = block ? (size_t *)block - 2 : NULL;
    if (p && p[0] != old) tally.bad++;
    if (size == 0) {
        if (p) tally.blocks--, tally.bytes -= old, free(p);
        return NULL;
    }
    p = realloc(p, size + 2 * sizeof *p);
    if (p == NULL) return NULL;
    if (block) tally.bytes -= old;
    else tally.blocks++;
    tally.bytes += size, p[0] = size;
    if (tally.bytes > tally.peak) tally.peak = tally.bytes;
    return p + 2;
}

static void allocators(void) {
    check("a host's allocator");
    lua_State *L = host_state(counting, &tally);
    void *ud;
    printf("%d %d\n", lua_getallocf(L, &ud) == counting, ud == &tally);
    luaL_openlibs(L);
    run(L, "local t = {} for i = 1, 1000 do t[i] = {i, tostring(i), function() return i end} end local s = '' for i = 1, 100 do s = s .. i end collectgarbage()");
    run(L, "local co = coroutine.wrap(function() for i = 1, 10 do coroutine.yield(('x'):rep(i * 100)) end end) while co() do end");
    printf("counted %d\n", lua_gc(L, LUA_GCCOUNT) * 1024 + lua_gc(L, LUA_GCCOUNTB) == (int)tally.bytes);
    static int other;
    lua_setallocf(L, counting, &other);
    lua_getallocf(L, &ud), printf("%d\n", ud == &other);
    lua_close(L);
    printf("left %d bytes %d wrong sizes %d\n", (int)tally.blocks, (int)tally.bytes, (int)tally.bad);
    check("no memory for a state");
    static size_t limit;
    lua_State *none = host_state((lua_Alloc)NULL == NULL ? counting : NULL, &limit);
    printf("%d\n", none != NULL);
    lua_close(none);
    printf("left %d\n", (int)tally.blocks);
}

static int finalized;
static int finalizer(lua_State *L) {
    finalized += *(int *)lua_touserdata(L, 1);
    return 0;
}

static void options(lua_State *L) {
    check("gc options");
#if LUA_VERSION_NUM >= 502
    printf("running %d\n", lua_gc(L, LUA_GCISRUNNING));
    printf("stop %d ", lua_gc(L, LUA_GCSTOP)), printf("running %d ", lua_gc(L, LUA_GCISRUNNING)), printf("restart %d ", lua_gc(L, LUA_GCRESTART)), printf("running %d\n", lua_gc(L, LUA_GCISRUNNING));
#else
    printf("stop %d ", lua_gc(L, LUA_GCSTOP)), printf("restart %d\n", lua_gc(L, LUA_GCRESTART));
#endif
    printf("collect %d count %d b %d\n", lua_gc(L, LUA_GCCOLLECT), lua_gc(L, LUA_GCCOUNT) > 5, lua_gc(L, LUA_GCCOUNTB) < 1024);
#if LUA_VERSION_NUM >= 504
    printf("gen %d ", lua_gc(L, LUA_GCGEN, 0, 0) == LUA_GCINC), printf("inc %d ", lua_gc(L, LUA_GCINC, 0, 0, 0) == LUA_GCGEN), printf("inc %d ", lua_gc(L, LUA_GCINC, 100, 200, 10) == LUA_GCINC);
#elif LUA_VERSION_NUM == 502
    printf("gen %d ", lua_gc(L, LUA_GCGEN)), run(L, "local t = {} for i = 1, 1000 do t[i] = {i} end"), printf("inc %d ", lua_gc(L, LUA_GCINC));
#endif
#if LUA_VERSION_NUM < 505
    printf("pause %d ", lua_gc(L, LUA_GCSETPAUSE, 150)), printf("%d ", lua_gc(L, LUA_GCSETPAUSE, 200)), printf("mul %d ", lua_gc(L, LUA_GCSETSTEPMUL, 300)), printf("%d\n", lua_gc(L, LUA_GCSETSTEPMUL, 100));
#endif
    printf("bad %d\n", lua_gc(L, 99));
    lua_gc(L, LUA_GCSTOP);
    int steps = 0;
    while (!lua_gc(L, LUA_GCSTEP, 1) && steps < 100000) steps++;
    printf("stepped %d\n", steps < 100000);
    lua_gc(L, LUA_GCRESTART);
    check("finalizers");
    lua_newtable(L), lua_pushcfunction(L, finalizer), lua_setfield(L, -2, "__gc");
    for (int i = 1; i <= 10; i++) {
        int *p = lua_newuserdatauv(L, sizeof *p, 0);
        *p = i;
        lua_pushvalue(L, 1), lua_setmetatable(L, -2);
        if (i == 1) lua_setglobal(L, "kept");
        else lua_pop(L, 1);
    }
    lua_gc(L, LUA_GCCOLLECT), printf("%d\n", finalized);
    lua_settop(L, 0);
}

#if LUA_VERSION_NUM >= 503
static void extra(lua_State *L) {
    check("extra space");
    *(void **)lua_getextraspace(L) = &finalized;
    lua_State *a = lua_newthread(L);
    printf("inherited %d ", *(void **)lua_getextraspace(a) == &finalized);
    *(int **)lua_getextraspace(a) = NULL;
    lua_State *b = lua_newthread(a);
    printf("from main %d own %d\n", *(void **)lua_getextraspace(b) == &finalized, *(void **)lua_getextraspace(L) == &finalized);
    lua_settop(L, 0);
    run(L, "co = coroutine.create(function() end)");
    lua_getglobal(L, "co"), printf("%d\n", *(void **)lua_getextraspace(lua_tothread(L, -1)) == &finalized);
    lua_settop(L, 0);
}

#else
#define extra(L) (void)0
#endif

#if LUA_VERSION_NUM >= 504
static void warn(void *ud, const char *message, int more) {
    printf("warning[%s%s]%s", (char *)ud, more ? "+" : "", message), putchar('\n');
}

static void warnings(lua_State *L) {
    check("warnings");
    lua_setwarnf(L, warn, "mine");
    lua_warning(L, "from C", 0), lua_warning(L, "part", 1), lua_warning(L, "end", 0);
    run(L, "warn('a', 'b', 'c') warn('@on') setmetatable({}, {__gc = function() error('in gc') end}) collectgarbage()");
    run(L, "setmetatable({}, {__gc = function() error({}) end}) collectgarbage()");
    lua_setwarnf(L, NULL, NULL);
    lua_warning(L, "silent", 0), run(L, "warn('silent')");
}

#else
#define warnings(L) (void)0
#endif

#if LUA_VERSION_NUM >= 504
static int close_in_c(lua_State *L) {
    printf("close metamethod %s\n", luaL_tolstring(L, 2, NULL));
    return 0;
}
#endif

static void closing(void) {
    check("closing a state");
    lua_State *L = new_state();
    lua_newtable(L), lua_pushcfunction(L, finalizer), lua_setfield(L, -2, "__gc");
#if LUA_VERSION_NUM >= 504
    lua_pushcfunction(L, close_in_c), lua_setfield(L, -2, "__close");
#endif
    int *p = lua_newuserdatauv(L, sizeof *p, 0);
    *p = 1000;
    lua_insert(L, 1), lua_setmetatable(L, 1);
#if LUA_VERSION_NUM >= 504
    lua_toclose(L, 1);
#endif
    finalized = 0;
    run(L, "for i = 1, 3 do _G[i] = setmetatable({}, {__gc = function() print('gc', i) end}) end");
    lua_close(L);
    printf("finalized %d\n", finalized);
    check("many states");
    for (int i = 0; i < 50; i++) {
        L = luaL_newstate(), luaL_openlibs(L);
        lua_pushinteger(L, i), lua_setglobal(L, "i");
        luaL_dostring(L, "assert(i == ...)") , lua_close(L);
    }
    lua_State *states[20];
    for (int i = 0; i < 20; i++) states[i] = luaL_newstate(), luaL_openlibs(states[i]), lua_pushinteger(states[i], i), lua_setglobal(states[i], "id");
    int sum = 0;
    for (int i = 0; i < 20; i++) luaL_dostring(states[i], "return id * 2"), sum += (int)lua_tointeger(states[i], -1);
    for (int i = 0; i < 20; i++) lua_close(states[i]);
    printf("%d\n", sum);
    check("closing from a thread");
    L = luaL_newstate();
    lua_close(lua_newthread(L));
    printf("closed\n");
}

int main(void) {
    allocators();
    lua_State *L = new_state();
    options(L), extra(L), warnings(L);
    lua_close(L);
    closing();
    return 0;
}
