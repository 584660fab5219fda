-- table.insert and table.remove, at the end and in the middle; #t.
local t = {}
for i = 1, 1500000 do table.insert(t, i) end
for i = 1, 1500000 do t[#t + 1] = i end
for _ = 1, 2500000 do table.remove(t) end
for i = 1, 400 do table.insert(t, 1 + i % 50 + #t - 100, i) end
local sum = 0
while #t > 0 do sum = sum + t[#t]; t[#t] = nil end
print(sum)
