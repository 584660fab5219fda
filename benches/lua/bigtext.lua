-- find, gmatch and gsub on a megabyte of text; lines, words, replacements.
local words, parts, x = { "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "theta", "iota", "kappa" }, {}, 42
for i = 1, 160000 do
  x = x * 16807 % 2147483647
  parts[i] = words[x % #words + 1] .. (x % 11 == 0 and ".\n" or " ")
end
local text = table.concat(parts)
local result = {}
local function note(v) result[#result + 1] = tostring(v) end
note(#text)
for _ = 1, 9 do
  note(text:find("omega", 1, true))
  note(text:find("kappa%s+kappa%s+kappa"))
  local lines, count, longest = 0, 0, 0
  for line in text:gmatch("[^\n]+") do
    lines = lines + 1
    if #line > longest then longest = #line end
  end
  for w in text:gmatch("%a+") do if #w == 5 then count = count + 1 end end
  note(lines) note(count) note(longest)
  note(select(2, text:gsub("beta", "BETA")))
  note(#text:gsub("%s+", " "))
  note(#text:gsub("(%a)(%a+)", "%2%1"))
  note(#text:upper():lower():reverse())
end
print(table.concat(result, " "))
