-- What 5.5's libraries have of their own.
-- check: table.create
print(#table.create(10), next(table.create(0, 10)), type(table.create(3, 3)))
for _, arguments in ipairs{{}, {-1}, {1, -1}, {"x"}, {1.5}, {2^31}, {0, 2^31}, {"5"}} do local ok, result = pcall(table.create, table.unpack(arguments)) print(ok, type(result) == "string" and result) end
local t = table.create(4) for i = 1, 4 do t[i] = i end print(#t, table.concat(t, " "))
-- check: utf8.offset
for _, n in ipairs{-4, -3, -1, 0, 1, 2, 3, 4, 5} do print(n, utf8.offset("aé€z", n)) end
print(utf8.offset("aé€z", 0, 5)) print(utf8.offset("", 1)) print(utf8.offset("x", 2)) print(utf8.offset("x", 3)) print(pcall(utf8.offset, "\xbf", 1)) print(pcall(utf8.offset, "é", 1, 2)) print(utf8.offset("é", 2, 1))
-- check: collectgarbage parameters
for _, p in ipairs{"minormul", "majorminor", "minormajor", "pause", "stepmul", "stepsize"} do print(p, collectgarbage("param", p)) end
for _, v in ipairs{0, 1, 10, 100, 137, 1000, 12345, 10^6, 10^9} do io.write(collectgarbage("param", "pause", v // 1), " ") end print(collectgarbage("param", "pause"))
print(pcall(collectgarbage, "param", "x")) print(pcall(collectgarbage, "param")) print(pcall(collectgarbage, "setpause", 100)) print(collectgarbage("param", "pause", -5))
-- check: modes of the collector
print(collectgarbage("generational"), collectgarbage("generational"), collectgarbage("incremental"), collectgarbage("incremental", 1, 2, 3)) print(collectgarbage("stop"), collectgarbage("isrunning"), collectgarbage("restart"), collectgarbage("isrunning"))
-- check: steps of the collector
collectgarbage() collectgarbage("stop") local n = 0 repeat n = n + 1 until collectgarbage("step", 1000) or n > 10000 print(n <= 10000) collectgarbage("param", "stepmul", 0) print(collectgarbage("step"))
-- check: errors without an object
print(pcall(error)) print(pcall(error, nil)) print(xpcall(error, function(e) return e end)) print(xpcall(error, function(e) return type(e) end)) print(select("#", pcall(error))) print(coroutine.resume(coroutine.create(error))) print(pcall(coroutine.wrap(error))) print(pcall(error, false))
-- check: a coroutine closes itself
local co co = coroutine.create(function() local x <close> = setmetatable({}, {__close = function(_, e) print("closed", e) end}) coroutine.close(co) print "never" end)
print(coroutine.resume(co)) print(coroutine.status(co)) print(coroutine.resume(co))
-- check: a coroutine closes itself without saying which
print(coroutine.wrap(function() pcall(coroutine.close) print "never" end)())
print(coroutine.resume(coroutine.create(function() local x <close> = setmetatable({}, {__close = function() error("inside", 0) end}) coroutine.close() end)))
print(pcall(coroutine.wrap(function() local x <close> = setmetatable({}, {__close = function() error "inside" end}) table.sort({1, 2, 3}, function() coroutine.close() end) end)))
-- check: closing other threads
print(pcall(coroutine.close)) local main = coroutine.running() print(pcall(coroutine.wrap(function() coroutine.close(main) end))) print(pcall(coroutine.close, 1)) print(coroutine.close(coroutine.create(print)))
local co = coroutine.create(function() local x <close> = setmetatable({}, {__close = function() print(pcall(coroutine.close)) end}) coroutine.yield() end) coroutine.resume(co) print(coroutine.close(co), coroutine.status(co))
-- check: floats read back
for _, f in ipairs{0.1, 0.2 + 0.1, 1 / 3, 1e15, 1e16, 123456789012345678.0, 2^53, 2^63, 5e-324, 1.7976931348623157e308, 3.14159265358979, 100.0, -0.0, 1e100, 1e-7} do io.write(f, " ", tostring(f), " ", f .. "", " ", tostring(tonumber(tostring(f)) == f), "\n") end print(("%s %.14g %g"):format(0.1 + 0.2, 0.1 + 0.2, 0.1))
-- check: string.rep and friends too large
print(pcall(string.rep, "x", math.maxinteger)) print(pcall(string.rep, "xx", math.maxinteger)) print(pcall(string.rep, "x", math.maxinteger // 2 + 2, "y")) print(pcall(string.packsize, "c2147483647c2147483647")) print(pcall(string.pack, "i17", 1)) print(pcall(string.packsize, "c99999999999999999999")) print(pcall(string.packsize, "i100000000000"))
-- check: string.dump
print(pcall(string.dump, print)) print(pcall(string.dump, 1)) print(load(string.dump(function(...t) return t.n end))(1, 2, 3)) print(load(string.dump(function() for i = 1, 2 do io.write(i, " ") end global zz = 4 return zz end, true))())
-- check: code without names
local f = load(string.dump(load("local t = ... t.x.y = 1 error 'no'", "=name"), true)) print(pcall(f, {})) print(pcall(f, {x = {}})) print(pcall(load(string.dump(load("global a1 = 1; global a1 = 2"), true))))
-- check: modes of load
print(load("return 1", "x", "t")()) print(load("return 1", "x", "b")) print(pcall(load, "return 1", "x", "B")) print(pcall(loadfile, "x", "tB")) print(load("return 1", "x", ""))
-- check: tracebacks
local function inner() print(debug.traceback("message")) end function outer() inner() end outer() string.gsub("a", "a", function() outer() end) pcall(outer) coroutine.wrap(outer)()
-- check: file errors count bytes
local f = assert(io.open("x", "w")) print(f:write("abc", 1, 2.5) == f) f:close() print(pcall(f.write, f, "x")) local f = io.open("x") print(f:read("a")) print(f:write("zz")) print(pcall(f.write, f, {})) print(f:close())
-- check: random seeds
math.randomseed(42) local a = math.random(100) math.randomseed(42, 0) print(a == math.random(100), select("#", math.randomseed(7)), math.randomseed(7, 8)) print(select("#", math.randomseed()))
-- check: libraries without old names
print(math.pow, math.cosh, math.log10, math.frexp(8), math.ldexp(1, 3), debug.setcstacklimit, table.getn, unpack) print(pcall(math.ldexp, 1)) print(math.frexp(0.0), math.frexp(1 / 0))
-- check: pairs returns four
print(select("#", pairs{})) print(select("#", pairs(setmetatable({}, {__pairs = function() return 1 end})))) print(select("#", ipairs{}))
-- check: warnings are off here
warn("not seen") warn("@on") warn("seen") warn("a", "b") warn("@off") warn("not seen")
