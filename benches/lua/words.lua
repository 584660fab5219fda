-- Counting words: strings as keys, sorting the result.
local text = {}
local seed = 7
for i = 1, 200000 do
  seed = (seed * 16807) % 2147483647
  text[i] = "w" .. seed % 3000
end
text = table.concat(text, " ")
local best
for _ = 1, 16 do
  local counts, list = {}, {}
  for w in text:gmatch("%S+") do counts[w] = (counts[w] or 0) + 1 end
  for w, n in pairs(counts) do list[#list + 1] = { w = w, n = n } end
  table.sort(list, function(a, b) if a.n ~= b.n then return a.n > b.n end return a.w < b.w end)
  best = list[1]
end
print(best.w, best.n)
