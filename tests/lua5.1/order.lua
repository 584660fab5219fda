-- The order of fields with string keys is the same in every run of 5.1.
local words = {}
for w in ([[the quick brown fox jumps over the lazy dog while seven wizards hex boxing monks with jinxed quartz
 and a string that is rather longer than most identifiers are]]):gmatch("%a+") do words[#words + 1] = w end
local function order(t) local names = {} for k, v in pairs(t) do names[#names + 1] = tostring(k) end return table.concat(names, " ") end

-- check: growing and shrinking
local t = {}
for i, w in ipairs(words) do t[w] = i print(i, order(t)) end
for i = 1, #words, 3 do t[words[i]] = nil end
print(order(t))
for i = 1, 20 do t["key" .. i] = i t[i * 7] = i end
print(order(t))
-- check: constructors
print(order{x = 1, y = 2, z = 3, name = "n", width = 3, height = 4, [1] = 1, [2.5] = 1, [true] = 1})
-- check: long keys
local long = {}
for i = 1, 40 do long[("x"):rep(i * 3) .. i] = i long[i .. ("y"):rep(i * 5)] = i end
print(order(long))
-- check: libraries
for _, name in ipairs{"string", "math", "table", "os", "io", "debug", "coroutine", "package", "_G"} do print(name, order(_G[name])) end
print(order(package.loaded))
