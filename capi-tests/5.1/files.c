/* Files as liblua5.1 hands them to C modules: a userdata is but a FILE *, null when closed, and its environment closes it. */
#include <stdio.h>

#include <lua.h>
#include <lauxlib.h>
#include <lualib.h>

static void run(lua_State *L, const char *code) {
    int status = luaL_dostring(L, code);
    printf("%s = %d", code, status);
    for (int i = 1; i <= lua_gettop(L); i++) {
        lua_getglobal(L, "tostring");
        lua_pushvalue(L, i);
        lua_call(L, 1, 1);
        printf(" %s", lua_tostring(L, -1));
        lua_pop(L, 1);
    }
    putchar('\n');
    lua_settop(L, 0);
}

/* is_open(file): what a module sees of the library's file. */
static int is_open(lua_State *L) {
    FILE **file = (FILE **)luaL_checkudata(L, 1, LUA_FILEHANDLE);
    lua_pushboolean(L, *file != NULL);
    lua_pushinteger(L, (lua_Integer)lua_objlen(L, 1));
    return 2;
}

/* put(file, text): writes with C. */
static int put(lua_State *L) {
    FILE **file = (FILE **)luaL_checkudata(L, 1, LUA_FILEHANDLE);
    if (*file == NULL) return luaL_error(L, "closed");
    lua_pushinteger(L, fputs(luaL_checkstring(L, 2), *file) >= 0);
    return 1;
}

static int close_own(lua_State *L) {
    FILE **file = (FILE **)luaL_checkudata(L, 1, LUA_FILEHANDLE);
    printf("(own function closes, %d values)\n", lua_gettop(L));
    fclose(*file);
    *file = NULL;
    lua_pushliteral(L, "closed by the module");
    lua_pushinteger(L, 42);
    return 2;
}

static int close_failing(lua_State *L) {
    FILE **file = (FILE **)luaL_checkudata(L, 1, LUA_FILEHANDLE);
    fclose(*file);
    *file = NULL;
    return luaL_error(L, "no luck");
}

/* own(name, failing): a file of the module, closed by a function in its environment. */
static int own(lua_State *L) {
    const char *name = luaL_checkstring(L, 1);
    FILE **file = (FILE **)lua_newuserdata(L, sizeof *file);
    *file = NULL;
    luaL_getmetatable(L, LUA_FILEHANDLE);
    lua_setmetatable(L, -2);
    lua_newtable(L);
    lua_pushcfunction(L, lua_toboolean(L, 2) ? close_failing : close_own);
    lua_setfield(L, -2, "__close");
    lua_setfenv(L, -2);
    *file = fopen(name, "w+");
    return 1;
}

/* borrowed(name): a file of the module, with the environment of the library's own. */
static int borrowed(lua_State *L) {
    FILE **file = (FILE **)lua_newuserdata(L, sizeof *file);
    *file = NULL;
    luaL_getmetatable(L, LUA_FILEHANDLE);
    lua_setmetatable(L, -2);
    lua_getglobal(L, "io");
    lua_getfield(L, -1, "open");
    lua_getfenv(L, -1);
    lua_setfenv(L, -4);
    lua_pop(L, 2);
    *file = fopen(luaL_checkstring(L, 1), "w+");
    return 1;
}

int main(void) {
    lua_State *L = luaL_newstate();
    setvbuf(stdout, NULL, _IONBF, 0);
    luaL_openlibs(L);
    lua_register(L, "is_open", is_open);
    lua_register(L, "put", put);
    lua_register(L, "own", own);
    lua_register(L, "borrowed", borrowed);
    run(L, "f = io.open('f', 'w') return is_open(f)");
    run(L, "f:write('by Lua ') put(f, 'by C ') f:write('again') f:close() return is_open(f)");
    run(L, "return pcall(put, f, 'x')");
    run(L, "return pcall(put, 5, 'x')");
    run(L, "return pcall(put, newproxy(true), 'x')");
    run(L, "return io.open('f'):read('*a')");
    run(L, "return is_open(io.stdin), is_open(io.stdout)");
    run(L, "p = io.popen('echo text') return is_open(p)");
    run(L, "return p:read('*a'), p:close(), is_open(p)");
    run(L, "f = own('g') return io.type(f), f:write('1 2 3'), f:seek('set'), f:read('*n', '*n')");
    run(L, "return f:close()");
    run(L, "return io.type(f), tostring(f), pcall(f.close, f)");
    run(L, "f = own('g') io.output(f) io.write('text') return io.close()");
    run(L, "io.output(io.stdout) f = own('g') return io.close(f)");
    run(L, "f = own('g', true) return pcall(f.close, f)");
    run(L, "f = own('g') f = nil collectgarbage() collectgarbage() return 'collected'");
    run(L, "f = borrowed('h') f:write('x') return f:close(), io.type(f)");
    run(L, "f = borrowed('h') for line in f:lines() do print(line) end return io.type(f)");
    run(L, "f = own('no/where') return io.type(f), pcall(f.read, f)");
    run(L, "f = io.open('f') debug.setfenv(f, debug.getfenv(own('g'))) return f:close()");
    run(L, "io.input('f') return debug.getfenv(io.read)[1] == io.input(), debug.getfenv(io.read)[2] == io.stdout");
    run(L, "debug.getfenv(io.read)[1] = io.open('f') return io.read('*a')");
    run(L, "at_end = own('g') return 'left open'");
    lua_close(L);
    return 0;
}
