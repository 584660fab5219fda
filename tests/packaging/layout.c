/*
 * Prints the sizes, offsets and constants that C code compiles in from the headers; what it prints with the stock
 * headers of each version on x86-64 is stored beside it.
 */

#include <stdio.h>
#include <stddef.h>
#include "lua.h"
#include "lauxlib.h"
#include "lualib.h"
#define P(x) printf("%-34s %ld\n",#x,(long)(x))
int main(){
 P(sizeof(lua_Number));P(sizeof(lua_Integer));
#if LUA_VERSION_NUM>=502
 P(sizeof(lua_Unsigned));
#endif
 P(sizeof(lua_Debug));P(offsetof(lua_Debug,event));P(offsetof(lua_Debug,name));P(offsetof(lua_Debug,namewhat));P(offsetof(lua_Debug,what));P(offsetof(lua_Debug,source));P(offsetof(lua_Debug,currentline));P(offsetof(lua_Debug,linedefined));P(offsetof(lua_Debug,lastlinedefined));P(offsetof(lua_Debug,nups));P(offsetof(lua_Debug,short_src));P(offsetof(lua_Debug,i_ci));
#if LUA_VERSION_NUM>=502
 P(offsetof(lua_Debug,nparams));P(offsetof(lua_Debug,isvararg));P(offsetof(lua_Debug,istailcall));
#endif
#if LUA_VERSION_NUM>=504
 P(offsetof(lua_Debug,srclen));P(offsetof(lua_Debug,ftransfer));P(offsetof(lua_Debug,ntransfer));
#endif
#if LUA_VERSION_NUM>=505
 P(offsetof(lua_Debug,extraargs));
#endif
 P(LUA_IDSIZE);P(sizeof(luaL_Buffer));
#if LUA_VERSION_NUM>=502
 P(offsetof(luaL_Buffer,b));P(offsetof(luaL_Buffer,size));P(offsetof(luaL_Buffer,n));P(offsetof(luaL_Buffer,L));
#else
 P(offsetof(luaL_Buffer,p));P(offsetof(luaL_Buffer,lvl));P(offsetof(luaL_Buffer,L));P(offsetof(luaL_Buffer,buffer));
#endif
#if LUA_VERSION_NUM==502 || LUA_VERSION_NUM==503
 P(offsetof(luaL_Buffer,initb));
#endif
#if LUA_VERSION_NUM>=504
 P(offsetof(luaL_Buffer,init));
#endif
 P(LUAL_BUFFERSIZE);
 P(LUA_REGISTRYINDEX);P(LUA_MINSTACK);
#ifdef LUAI_MAXSTACK
 P(LUAI_MAXSTACK);
#endif
#ifdef LUA_EXTRASPACE
 P(LUA_EXTRASPACE);
#endif
#ifdef LUAL_NUMSIZES
 P(LUAL_NUMSIZES);
#endif
 P(LUA_NOREF);P(LUA_REFNIL);P(LUA_MULTRET);P(LUA_YIELD);P(LUA_ERRRUN);P(LUA_ERRSYNTAX);P(LUA_ERRMEM);P(LUA_ERRERR);P(LUA_ERRFILE);
#ifdef LUA_ERRGCMM
 P(LUA_ERRGCMM);
#endif
 P(LUA_GCSTOP);P(LUA_GCRESTART);P(LUA_GCCOLLECT);P(LUA_GCCOUNT);P(LUA_GCCOUNTB);P(LUA_GCSTEP);
#ifdef LUA_GCSETPAUSE
 P(LUA_GCSETPAUSE);P(LUA_GCSETSTEPMUL);
#endif
#ifdef LUA_GCISRUNNING
 P(LUA_GCISRUNNING);
#endif
#ifdef LUA_GCGEN
 P(LUA_GCGEN);P(LUA_GCINC);
#endif
#ifdef LUA_GCPARAM
 P(LUA_GCPARAM);
#endif
#ifdef LUA_GCSETMAJORINC
 P(LUA_GCSETMAJORINC);
#endif
 P(LUA_HOOKCALL);P(LUA_HOOKRET);P(LUA_HOOKLINE);P(LUA_HOOKCOUNT);
#ifdef LUA_HOOKTAILCALL
 P(LUA_HOOKTAILCALL);
#endif
#ifdef LUA_HOOKTAILRET
 P(LUA_HOOKTAILRET);
#endif
#ifdef LUA_ENVIRONINDEX
 P(LUA_ENVIRONINDEX);P(LUA_GLOBALSINDEX);
#endif
#ifdef LUA_RIDX_MAINTHREAD
 P(LUA_RIDX_MAINTHREAD);P(LUA_RIDX_GLOBALS);
#endif
#if LUA_VERSION_NUM>=502
 P(sizeof(luaL_Stream));P(offsetof(luaL_Stream,f));P(offsetof(luaL_Stream,closef));
#endif
 printf("%-34s %s\n","LUA_VERSION",LUA_VERSION);
#ifdef LUA_RELEASE
 printf("%-34s %s\n","LUA_RELEASE",LUA_RELEASE);
#endif
#ifdef LUA_FILEHANDLE
 printf("%-34s %s\n","LUA_FILEHANDLE",LUA_FILEHANDLE);
#endif
 return 0;}
