# versions: 5.1
# premake4: generates makefiles by Lua scripts it has inside; the result is that of the system's library.
cd "$SCRATCH"
ldd "$(command -v premake4)" | grep -q 'liblua5.1.so.0'
cat > premake4.lua <<'LUA'
solution "Work"
  configurations { "Debug", "Release" }
  location "build"
for _, name in ipairs { "alpha", "beta" } do
  project(name)
    kind(name == "alpha" and "StaticLib" or "ConsoleApp")
    language "C"
    files { name .. "_files/*.c" }
    if name == "beta" then links { "alpha" } end
    configuration "Debug"
      defines { "DEBUG" }
      flags { "Symbols" }
    configuration "Release"
      flags { "Optimize" }
end
newaction {
  trigger = "show",
  description = "Shows what is known",
  execute = function()
    for sln in premake.solution.each() do
      for prj in premake.solution.eachproject(sln) do print(sln.name, prj.name, prj.kind, table.concat(prj.links, ",")) end
    end
    print(_VERSION, path.getname("a/b/c.txt"), string.explode("a b", " ")[2], os.isfile("premake4.lua"))
  end,
}
LUA
mkdir alpha_files beta_files
echo 'int f(void) { return 3; }' > alpha_files/f.c
echo 'int f(void); int main(void) { return f() - 3; }' > beta_files/main.c
premake4 gmake > /dev/null
mv build stock
premake4 show > shown.stock
LD_LIBRARY_PATH=$DIST/lib premake4 gmake > /dev/null
diff -r stock build
LD_LIBRARY_PATH=$DIST/lib LD_DEBUG=libs LD_DEBUG_OUTPUT=loaded premake4 show > shown.ours
diff shown.stock shown.ours
grep -q "$DIST/lib/liblua5.1.so" loaded.*
make -s -C build > /dev/null
./beta
