-- Requests for wrk; the environment variable WHAT names which.
local words = {
  "peuter", "slapen", "driftbui", "huilt", "baby", "gepest", "school", "puber", "ruzie", "koorts",
  "eten", "bang", "donker", "telefoon", "schermtijd", "vapen", "alcohol", "scheiding", "jaloers",
  "zindelijk", "bedplassen", "bijt", "luistert", "zwanger", "somber", "schulden", "studie", "hulp",
}
local what = os.getenv("WHAT")
local count = 0
local packed = { ["Accept-Encoding"] = "gzip, deflate, br" }

-- A question that no other request asks.
local function question()
  count = count + 1
  local n = #words
  local a, b = words[count % n + 1], words[math.floor(count / n) % n + 1]
  return "mijn%20" .. a .. "%20" .. b .. "%20" .. words[math.floor(count / n / n) % n + 1] .. "%20" .. count
end

local prefixes = { "mij", "mijn%20p", "sla", "drift", "kind", "wat", "hoe", "bab", "school", "mijn%20kind%20w" }

request = function()
  local path = "/antwoord/koorts"
  if what == "kaal-antwoord" then
    path = "/kaal/antwoord"
  elseif what == "kaal-suggesties" then
    path = "/kaal/suggesties"
  elseif what == "zoeken" then
    path = "/zoeken?q=" .. question()
  elseif what == "suggesties" then
    count = count + 1
    path = "/suggesties?q=" .. prefixes[count % #prefixes + 1]
  end
  return wrk.format("GET", path, packed)
end
