// Sends what a person did. A lost answer is asked for once more with the same id, so it is never done twice.

import { word } from "./state.js";

const PAUSE = 700;

export async function send(url, body) {
  for (const last of [false, true]) {
    try {
      const response = await fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
      return await read(response);
    } catch {
      if (last) return { outcome: "sorry", said: word("failed") };
      await new Promise((done) => setTimeout(done, PAUSE));
    }
  }
}

async function read(response) {
  if (response.status === 204) return { outcome: "done" };
  const known = (response.headers.get("Content-Type") || "").startsWith("application/json");
  const answer = known ? await response.json() : { outcome: "sorry", said: word("failed") };
  if (answer.outcome === "left") location.reload();
  return answer;
}

export async function get(url) {
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}
