/* Loading and dumping: readers, writers, modes, files. */

#include <unistd.h>

#include "common.h"

struct pieces {
    const char *text;
    size_t size, at, step;
    int calls;
};

static const char *reader(lua_State *L, void *data, size_t *size) {
    struct pieces *p = data;
    (void)L;
    p->calls++;
    if (p->at >= p->size) {
        *size = 0;
        return NULL;
    }
    *size = p->size - p->at < p->step ? p->size - p->at : p->step;
    p->at += *size;
    return p->text + p->at - *size;
}
static const char *empty_reader(lua_State *L, void *data, size_t *size) {
    (void)L, (void)data;
    *size = 0;
    return "not at the end";
}
static const char *failing_reader(lua_State *L, void *data, size_t *size) {
    (void)data, (void)size;
    luaL_error(L, "reader fails");
    return NULL;
}

static void readers(lua_State *L) {
    check("readers");
    const char *text = "local a = 'some text' return a .. (...), #a";
    for (size_t step = 1; step < 100; step = step * 3 + 1) {
        struct pieces p = {text, strlen(text), 0, step, 0};
        int status = lua_load(L, reader, &p, "=pieces", NULL);
        lua_pushstring(L, "!"), lua_call(L, 1, 2);
        printf("%d calls %d ", status, p.calls), stack(L, "results");
        lua_settop(L, 0);
    }
    outcome(L, "empty", lua_load(L, empty_reader, NULL, "=empty", "t"));
    outcome(L, "failing", lua_load(L, failing_reader, NULL, "=failing", NULL));
    struct pieces bad = {"x = = 1", 7, 0, 2, 0};
    outcome(L, "syntax", lua_load(L, reader, &bad, NULL, NULL));
    check("load sets the environment");
    struct pieces p = {"return x", 8, 0, 8, 0};
    lua_pushinteger(L, 5), lua_setglobal(L, "x");
    lua_load(L, reader, &p, "=g", "t");
#if LUA_VERSION_NUM >= 502
    printf("%s ", lua_getupvalue(L, -1, 1)), lua_pop(L, 1);
#endif
    lua_call(L, 0, 1), stack(L, "x");
    lua_settop(L, 0);
}

struct bytes {
    char data[20000];
    size_t size;
    int calls, limit;
};
static int writer(lua_State *L, const void *piece, size_t size, void *data) {
    struct bytes *b = data;
    (void)L;
    if (b->limit && ++b->calls > b->limit) return 55;
    memcpy(b->data + b->size, piece, size);
    b->size += size;
    return 0;
}

static void dumps(lua_State *L) {
    static struct bytes b, stripped, cut;
    check("dump and load");
    luaL_loadstring(L, "local t = {1, 2.5, 'three', nil, true} local function f(n) if n == 0 then error('in f') end return t[n] end return f(...)");
    printf("dump %d %d\n", lua_dump(L, writer, &b, 0), lua_gettop(L));
    printf("stripped %d smaller %d\n", lua_dump(L, writer, &stripped, 1), stripped.size < b.size);
    cut.limit = 1;
    int status = lua_dump(L, writer, &cut, 0);
    printf("cut %d\n", status == 55 || status == 0);
    lua_settop(L, 0);
    outcome(L, "load", luaL_loadbufferx(L, b.data, b.size, "=dumped", "b"));
    luaL_loadbuffer(L, b.data, b.size, "=dumped"), lua_pushinteger(L, 3), outcome(L, "call", lua_pcall(L, 1, 1, 0));
    luaL_loadbuffer(L, b.data, b.size, "=dumped"), lua_pushinteger(L, 0), outcome(L, "error", lua_pcall(L, 1, 1, 0));
    luaL_loadbuffer(L, stripped.data, stripped.size, "=stripped"), lua_pushinteger(L, 0), outcome(L, "stripped", lua_pcall(L, 1, 1, 0));
#if LUA_VERSION_NUM < 505 /* later versions want a Lua function */
    lua_pushcfunction(L, luaopen_math), printf("C function %d\n", lua_dump(L, writer, &b, 0)), lua_settop(L, 0);
#endif
#if LUA_VERSION_NUM >= 502
    check("modes");
    outcome(L, "text as binary", luaL_loadbufferx(L, "return 1", 8, "=m", "b"));
    outcome(L, "binary as text", luaL_loadbufferx(L, b.data, b.size, "=m", "t"));
    outcome(L, "both", luaL_loadbufferx(L, b.data, b.size, "=m", "bt"));
    outcome(L, "any", luaL_loadbufferx(L, "return 1", 8, "=m", NULL));
#endif
    check("broken chunks");
    for (size_t n = 1; n < 12; n++) outcome(L, "cut", luaL_loadbuffer(L, b.data, n, "=cut"));
    int failures = 0;
    for (size_t n = 1; n < b.size; n++) {
        if (luaL_loadbuffer(L, b.data, n, "=cut") == LUA_ERRSYNTAX) failures++;
        lua_settop(L, 0);
    }
    printf("all refused %d\n", failures == (int)b.size - 1);
    char copy[20000];
    memcpy(copy, b.data, b.size), copy[4] ^= 1, outcome(L, "version", luaL_loadbuffer(L, copy, b.size, "=v"));
    memcpy(copy, b.data, b.size), copy[5] ^= 1, outcome(L, "format", luaL_loadbuffer(L, copy, b.size, "=f"));
    memcpy(copy, b.data, b.size), copy[7] ^= 1, outcome(L, "data", luaL_loadbuffer(L, copy, b.size, "=d"));
}

static void files(lua_State *L) {
    check("files");
    FILE *f = fopen("chunk.lua", "w");
    fputs("#! first line\nlocal a = ...\nreturn a, debug.getinfo(1, 'S').source", f), fclose(f);
    outcome(L, "load", luaL_loadfile(L, "chunk.lua"));
    luaL_loadfilex(L, "chunk.lua", "t"), lua_pushinteger(L, 1), outcome(L, "run", lua_pcall(L, 1, LUA_MULTRET, 0));
#if LUA_VERSION_NUM >= 502
    outcome(L, "mode", luaL_loadfilex(L, "chunk.lua", "b"));
#endif
    outcome(L, "dofile", luaL_dofile(L, "chunk.lua"));
    outcome(L, "missing", luaL_loadfile(L, "missing.lua"));
    f = fopen("bad.lua", "w"), fputs("\xEF\xBB\xBFx = ", f), fclose(f);
    outcome(L, "syntax", luaL_loadfile(L, "bad.lua"));
    outcome(L, "directory", luaL_loadfile(L, "/"));
    freopen("chunk.lua", "r", stdin);
    luaL_loadfile(L, NULL), lua_pushstring(L, "in"), outcome(L, "stdin", lua_pcall(L, 1, LUA_MULTRET, 0));
    unlink("chunk.lua"), unlink("bad.lua");
    check("strings");
    outcome(L, "dostring", luaL_dostring(L, "return 1, 2"));
    outcome(L, "error", luaL_dostring(L, "error('e')"));
    outcome(L, "name", luaL_loadstring(L, "a long piece of text that will be cut because it is longer than the limit of sixty"));
    outcome(L, "zero", luaL_loadbuffer(L, "return 'a\0b'", 12, "=z"));
}

int main(void) {
    lua_State *L = new_state();
    readers(L), dumps(L), files(L);
    lua_close(L);
    return 0;
}
