/*
 * Measures the collector's pauses: a heap of about 200 MB that stays alive (tables with fields, arrays, strings, closures,
 * one large array and one large table of strings), then small allocations, with now and then a store into the heap, until the
 * collector has gone round twice. Prints, one line each, the longest time of a few allocations and the mean of the hundred
 * longest (in milliseconds of processor time), the time of the whole loop (in milliseconds), and the peak of memory in
 * use, in MB.
 *
 * With the argument `generational`, in that mode.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lauxlib.h"
#include "lua.h"
#include "lualib.h"

#define LONGEST 100

static const char *const script =
    "local mode, size = ...\n"
    "if mode == 'generational' then collectgarbage(mode) end\n"
    "local heap, names, count = {}, {}, 0\n"
    "while collectgarbage('count') < size * 1024 do\n"
    "  for _ = 1, 1000 do\n"
    "    count = count + 1\n"
    "    local n = count\n"
    "    local name = 'object ' .. n\n"
    "    heap[count] = {id = n, name = name, point = {n, n + 1, n + 2}, call = n % 8 == 0 and function() return n end}\n"
    "    names[name] = n\n"
    "  end\n"
    "end\n"
    "collectgarbage()\n"
    "local at = 0\n"
    "return function()\n"
    "  for i = 1, 20 do\n"
    "    at = at * 5 % 1000003 + 1\n"
    "    local t = {x = i, y = {at}}\n"
    "    if i == 10 then heap[at % count + 1].point = t.y end\n"
    "  end\n"
    "end\n";

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static double longest[LONGEST];

/* Keeps the longest times, the shortest of them first. */
static void note(double took) {
    int n = 0;
    if (took <= longest[0]) return;
    while (n + 1 < LONGEST && longest[n + 1] < took) {
        longest[n] = longest[n + 1];
        n++;
    }
    longest[n] = took;
}

int main(int argc, char **argv) {
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    if (luaL_loadstring(L, script) != 0) return EXIT_FAILURE;
    lua_pushstring(L, argc > 1 ? argv[1] : "incremental");
    lua_pushinteger(L, 200);
    if (lua_pcall(L, 2, 1, 0) != 0) {
        fprintf(stderr, "%s\n", lua_tostring(L, -1));
        return EXIT_FAILURE;
    }
    int peak = 0, before = 0, rounds = 0;
    double begin = now();
    for (int n = 0; rounds < 2 && n < 2000000; n++) {
        lua_pushvalue(L, -1);
        double start = now();
        lua_call(L, 0, 0);
        note(now() - start);
        int count = lua_gc(L, LUA_GCCOUNT, 0);
        if (count > peak) peak = count;
        /* A tenth less than at the last high tide: the collector has gone round. */
        if (count > before) before = count;
        else if (count < before - before / 10) before = count, rounds++;
    }
    double whole = now() - begin, sum = 0;
    for (int n = 0; n < LONGEST; n++) sum += longest[n];
    printf("longest_pause %.3f\nhundred_longest %.3f\n", longest[LONGEST - 1], sum / LONGEST);
    printf("allocation_loop %.1f\nmegabytes %d\n", whole, peak / 1024);
    lua_close(L);
    return 0;
}
