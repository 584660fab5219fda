# Debian's programs that link to the shared library, started with LD_PRELOAD on ours.
# versions: 5.1-5.4
cd "$SCRATCH"
cat > host.c <<'C'
#include <stdio.h>
#include <lua.h>
#include <lauxlib.h>
#include <lualib.h>
int main(void) {
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    if (luaL_dostring(L, "local t = {} for i = 1, 10 do t[i] = i * i end return table.concat(t, ' ')") != 0) return 1;
    puts(lua_tostring(L, -1));
    lua_close(L);
    return 0;
}
C
cc -o host host.c -I/usr/include/lua$LUA -llua$LUA
test "$(./host)" = "1 4 9 16 25 36 49 64 81 100"
test "$(LD_PRELOAD=$DIST/lib/liblua$LUA.so.0 ./host)" = "1 4 9 16 25 36 49 64 81 100"
test "$(LD_LIBRARY_PATH=$DIST/lib ./host)" = "1 4 9 16 25 36 49 64 81 100"
LD_LIBRARY_PATH=$DIST/lib LD_DEBUG=libs ./host 2>&1 | grep -q "$DIST/lib/liblua$LUA.so"
