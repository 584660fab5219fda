// lua.hpp: the headers of Lua for C++. The library's functions have C linkage.

extern "C" {
#include "lua.h"
#include "lualib.h"
#include "lauxlib.h"
}
