/*
 * Times loading, in milliseconds of processor time (the least of ten turns), one line each: 1 MB of ordinary source,
 * 200,000 lines of data tables, and a state with all libraries from its creation to its end (a thousand of them).
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lauxlib.h"
#include "lua.h"
#include "lualib.h"

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

/* A text that grows. */
typedef struct Text {
    char *bytes;
    size_t len, size;
} Text;

static void put(Text *t, const char *s) {
    size_t len = strlen(s);
    if (t->len + len > t->size) {
        t->size = (t->len + len) * 2;
        t->bytes = realloc(t->bytes, t->size);
        if (t->bytes == NULL) exit(EXIT_FAILURE);
    }
    memcpy(t->bytes + t->len, s, len);
    t->len += len;
}

/* Functions of many kinds, each in a table, so that no limit of locals is met. */
static Text source(void) {
    Text t = {0};
    char line[512];
    put(&t, "local M = {}\nlocal insert, format = table.insert, string.format\n");
    for (int n = 0; t.len < 1000000; n++) {
        snprintf(line, sizeof line, "\n-- Adds what lies between two limits to account number %d.\n", n);
        put(&t, line);
        snprintf(line, sizeof line, "function M.account_%d(self, low, high, ...)\n    local total, count = 0, 0\n", n);
        put(&t, line);
        put(&t, "    for index = low, high do\n        local entry = self.entries[index]\n");
        put(&t, "        if entry and entry.value > 10 and not entry.closed then\n");
        put(&t, "            total = total + entry.value * (1 + entry.rate / 100) - self.discount\n");
        put(&t, "            count = count + 1\n        elseif type(entry) == \"string\" then\n");
        snprintf(line, sizeof line, "            insert(self.messages, format('%%s: %%d of \"%d\"', entry, index))\n", n);
        put(&t, line);
        put(&t, "        end\n    end\n    while count > 100 do count = count - #self.entries end\n");
        put(&t, "    local result = {total = total, count = count, name = self.name .. \"/\" .. low, ...}\n");
        put(&t, "    self.callback = function(event, data)\n        if event == 'closed' then return result, data end\n");
        put(&t, "        return self:notify(event, data and data.source or \"unknown\", {count, total, 0x1F, 3.25e2})\n");
        put(&t, "    end\n    return setmetatable(result, {__index = M, __tostring = function() return self.name end})\nend\n");
    }
    put(&t, "return M\n");
    return t;
}

/* Lines of a large data file: records, lists, nested tables. */
static Text data(void) {
    Text t = {0};
    char line[256];
    put(&t, "return {\n");
    for (int n = 0; n < 200000; n++) {
        switch (n % 4) {
        case 0: snprintf(line, sizeof line, "  {id = %d, name = \"item %d\", price = %d.%02d},\n", n, n, n % 977, n % 100); break;
        case 1: snprintf(line, sizeof line, "  {%d, %d, %d, true, \"key%d\"},\n", n, n * 7 % 1000, -n, n % 5000); break;
        case 2: snprintf(line, sizeof line, "  {position = {x = %d, y = %d}, tags = {'a', 'b', 'tag%d'}},\n", n % 640, n % 480, n % 50); break;
        default: snprintf(line, sizeof line, "  [%d] = {[\"long key %d\"] = %d, flag = false},\n", n + 1000000, n % 100, n);
        }
        put(&t, line);
    }
    put(&t, "}\n");
    return t;
}

/* -1 for what cannot be loaded: before 5.2, functions cannot have so many constants. */
static double load(const Text *t) {
    double least = 1e9;
    for (int turn = 0; turn < 10; turn++) {
        lua_State *L = luaL_newstate();
        double begin = now();
        if (L == NULL || luaL_loadbuffer(L, t->bytes, t->len, "=bench") != 0) {
            fprintf(stderr, "%s\n", L ? lua_tostring(L, -1) : "no memory");
            if (L) lua_close(L);
            return -1;
        }
        double took = now() - begin;
        if (took < least) least = took;
        lua_close(L);
    }
    return least;
}

static double states(void) {
    double least = 1e9;
    for (int turn = 0; turn < 10; turn++) {
        double begin = now();
        for (int n = 0; n < 1000; n++) {
            lua_State *L = luaL_newstate();
            luaL_openlibs(L);
            lua_close(L);
        }
        double took = now() - begin;
        if (took < least) least = took;
    }
    return least;
}

int main(void) {
    Text s = source(), d = data();
    double source_time = load(&s), data_time = load(&d);
    if (source_time >= 0) printf("load_source %.3f\n", source_time);
    if (data_time >= 0) printf("load_data %.3f\n", data_time);
    printf("state %.3f\n", states());
    return 0;
}
