-- Building strings: .., table.concat, rep, sub, byte, char, upper.
local total = 0
for i = 1, 200000 do
  local parts = {}
  for j = 1, 10 do parts[j] = "item" .. j .. ":" .. i end
  local s = table.concat(parts, ", ")
  total = total + #s + s:byte(-1) + #s:sub(3, 20):upper() + #string.char(65 + i % 26, 66)
end
local s = ""
for i = 1, 6000 do s = s .. "x" .. i end
print(total, #s, #("ab"):rep(1000, "-"))
