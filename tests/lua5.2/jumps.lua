-- `goto`, labels, `break` and the scopes of variables, as 5.2 has them.
local function run(text, ...) local f, m = load(text, "=s") if not f then print(m) else print(pcall(f, ...)) end end

-- check: loops made of goto
do local n = 0 ::again:: n = n + 1 if n < 5 then goto again end print(n) end
do local i = 1 ::outer:: local j = 1 ::inner:: io.write(i, ":", j, " ") j = j + 1 if j <= i then goto inner end i = i + 1 if i <= 3 then goto outer end print() end
-- check: continue
for i = 1, 5 do if i % 2 == 0 then goto continue end io.write(i, " ") ::continue:: end print() local i = 0 while i < 5 do i = i + 1 if i == 3 then goto continue end io.write(i, " ") ::continue:: end print() i = 0 repeat i = i + 1 if i == 2 then goto continue end io.write(i, " ") ::continue:: until i == 4 print() for _, v in ipairs { 1, 2, 3 } do if v == 2 then goto continue end io.write(v, " ") ::continue:: end print()
-- check: continue in repeat with a local in the condition
run "local n = 0 repeat n = n + 1 local x = n if x == 2 then goto continue end ::continue:: until x >= 3 return n" run "repeat goto continue local x ::continue:: until x"
-- check: out of nested loops
for i = 1, 3 do for j = 1, 3 do if i * j == 4 then print(i, j) goto done end end end ::done:: print "done"
-- check: into the scope of a local
run "goto l local x ::l:: print(x)" run "goto l local x ::l::" run "goto l local x ::l:: ; ; " run "goto l local x ::l:: ::m:: " run "goto l local x ::l:: do end" run "do goto l end local x ::l:: return x" run "goto l; local function f() end ::l:: f()" run "if true then goto l end local a, b ::l:: a = 1"
-- check: labels that are not visible
run "goto l" run "do ::l:: end goto l" run "goto l do ::l:: end" run "if x then ::l:: end goto l" run "for i = 1, 2 do ::l:: end goto l" run "function f() goto l end ::l::" run "::l:: function f() goto l end" run "while true do local function f() goto l end ::l:: end"
-- check: repeated labels
run "::l:: ::l::" run "::l:: do ::l:: end return 'ok'" run "do ::l:: end ::l:: return 'ok'" run "do ::l:: end do ::l:: end return 'ok'" run "::l::\n::m::\n::l::" run "for i = 1, 2 do ::l:: ::l:: end"
-- check: the innermost label is taken
run "local r = {} do goto l do ::l:: r[#r + 1] = 'inner' end ::l:: r[#r + 1] = 'outer' end return table.concat(r, ' ')" run "do local n = 0 ::l:: n = n + 1 do if n < 3 then goto l end end return n end"
-- check: break outside of loops
run "break" run "do break end" run "if true then break end" run "function f() break end" run "while true do function f() break end end" run "\n\nbreak\n\n" run "repeat local function f() break end until true"
-- check: break in the middle of a block
for i = 1, 3 do if i == 2 then break print "never" end io.write(i, " ") end print() while true do break; ; print "never" end repeat break local x until x print "done"
-- check: return ends a block
run "return 1;" run "return 1;;" run "return 1 return 2" run "do return 1 end return 2" run "return;" run "return return"
-- check: empty statements
run ";;; return 1" run "; local x; ; x = 5; ; return x;" run "if true then; end; return 2" run "while false do ; end return 3" run ";" run "do ; ; end" run "for i = 1, 2 do ; end return 4" run "local x;;;;; return x"
-- check: closures in loops made of goto
local fs = {} do local i = 0 ::again:: local x = i fs[#fs + 1] = function() x = x + 1 return x end i = i + 1 if i < 4 then goto again end end print(fs[1](), fs[2](), fs[3](), fs[4](), fs[1](), fs[4]())
-- check: closures and continue
local fs = {} for i = 1, 3 do local x = i if i == 2 then goto continue end fs[#fs + 1] = function() x = x + 1 return x end ::continue:: end print(fs[1](), fs[2](), fs[1](), #fs)
-- check: closures and jumping out
local f do for i = 1, 3 do local x = i f = function() x = x + 1 return x end if i == 2 then goto out end end ::out:: end print(f(), f()) local g while true do local y = 5 g = function() y = y + 1 return y end break end print(g(), g())
-- check: closures in repeat see the condition's variables
local fs = {} local i = 1 repeat local x = i fs[i] = function() x = x + 1 return x end i = i + 1 until x >= 3 print(fs[1](), fs[2](), fs[3](), fs[3]())
-- check: jumping back makes new variables
do local r = {} local n = 1 ::top:: do local v r[n] = function(x) if x then v = x end return v end end n = n + 1 if n <= 3 then goto top end r[1](10) r[2](20) print(r[1](), r[2](), r[3]()) end
-- check: labels and words
run "::goto::" run "::1::" run "::a" run ":: a ::" run ":::a:::" run "::a.b::" run "goto" run "goto 'a'" run "goto a.b" run "local a ::a:: a = 1 return a" run "::_ENV:: return 1"
-- check: goto as a name in 5.1 is none here
run "local goto = 1" run "goto()" run "x = { goto = 1 }" run "x:goto()"
-- check: labels at the end of functions and blocks
run "do goto e; local x = 1; ::e:: end return 1" run "local function f(a) if a then goto e end local x = 1 ::e:: end return f(true), f(false)" run "while true do if true then goto e end local z ::e:: break end" run "for i = 1, 1 do goto e local z ::e:: ; ; end return 'loop'" run "do goto e local x ::e:: ::f:: ; ::g:: end return 'labels'"
-- check: many labels and jumps
local t = { "local n = 0" } for i = 1, 300 do t[#t + 1] = ("if n == %d then n = n + 1 goto l%d end ::l%d::"):format(i - 1, i, i) end t[#t + 1] = "return n" run(table.concat(t, "\n")) t = {} for i = 1, 300 do t[i] = "goto l" .. i end for i = 300, 1, -1 do t[#t + 1] = "::l" .. i .. "::" end run(table.concat(t, " "))
-- check: jumps over long code
run("local n = 0 ::top:: n = n + 1 if n == 3 then return n end " .. ("n = n + 0 "):rep(20000) .. " goto top") run("local a = ... if not a then " .. ("a = 1 "):rep(30000) .. " end return a")
-- check: control structures that are too long
local m = select(2, load("while true do " .. ("local a = {1,2,3,4,5,6,7,8} "):rep(20000) .. " end", "=s")) print(m) m = select(2, load("for i = 1, 2 do " .. ("local a = x.y "):rep(150) .. " end", "=s")) print(m)
-- check: scopes of local functions and variables
run "local x = x return x" run "local x = 1 local x = x + 1 do local x = x + 1 end return x" run "local function f() return f end return f() == f" run "local f = function() return f end return f()" run "local a, a = 1, 2 return a" run "local function f(a, a) return a end return f(1, 2)" run "for i, i in ipairs { 5 } do return i end"
-- check: limits of variables and upvalues
local function make(n, item, sep) local t = {} for i = 1, n do t[i] = (item:gsub("#", i)) end return table.concat(t, sep) end run("local " .. make(201, "v#", ",")) run("local function f(" .. make(201, "v#", ",") .. ") end") run(make(201, "local v#", " ")) run("function g() " .. make(201, "local v#", "\n") .. " end") local text = "local a = 1 local " .. make(150, "u#", ",") .. " local function f() local " .. make(150, "w#", ",") .. " local function g() return " .. make(150, "u#", "+") .. "+" .. make(150, "w#", "+") .. " end end" run(text) run("for " .. make(198, "v#", ",") .. " in x do end")
