package dev.carillon.project.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import org.junit.jupiter.api.Test;

class PlanLinesTest {
  @Test
  void it_says_of_each_workflow_who_would_get_what() {
    var plan =
        (Json.Obj)
            JsonText.parse(
                """
                {"workflows": [{"key": "note", "from_version": "2cc6c1b1-93f4", "to_version": "176990ad-ad5a",
                   "audiences": ["beta"], "waiting_runs": 4, "assumed": ["batch", "http_fetch"],
                   "recipients": {"more": 0, "less": 1, "other": 1, "same": 7}},
                  {"key": "calm", "from_version": "2cc6c1b1-93f4", "to_version": "2cc6c1b1-93f4",
                   "parts": [{"resource_type": "email_layout", "resource_id": "default"},
                     {"resource_type": "partial", "resource_id": "card"}], "waiting_runs": 0,
                   "recipients": {"more": 0, "less": 0, "other": 2, "same": 0}}],
                 "changed_parts": [
                   {"resource_type": "partial", "resource_id": "card", "workflows": ["calm"]},
                   {"resource_type": "partial", "resource_id": "none", "workflows": []}],
                 "recipients": [
                   {"workflow": "note", "recipient": "ana", "tenant": null, "effect": "less",
                    "before": {"feed": 2, "mail": 2}, "after": {"feed": 2}},
                   {"workflow": "note", "recipient": {"collection": "teams", "id": "a"}, "tenant": "acme",
                    "effect": "other", "before": {"mail": 1}, "after": {"feed": 1}}],
                 "refused": [], "changed_audiences": ["pro"], "complete": false}
                """);
    assertThat(PlanLines.of(plan))
        .containsExactly(
            "note  2cc6c1b1 -> 176990ad",
            "  of those triggered within the hour: more 0, less 1, other 1, same 7",
            "  less   ana  feed 2 -> 2, mail 2 -> 0",
            "  other  teams a in acme  feed 0 -> 1, mail 1 -> 0",
            "  waiting runs, which keep their version: 4",
            "  asks about the audiences beta",
            "  only a run knows what comes of: batch, http_fetch",
            "calm  2cc6c1b1",
            "  renders the drafts of email layout default, partial card",
            "  of those triggered within the hour: more 0, less 0, other 2, same 0",
            "  waiting runs, which keep their version: 0",
            "rendered by no workflow, the drafts of partial none",
            "drafts of audiences: pro",
            "There is more than this looked at.");
  }

  @Test
  void without_drafts_it_says_so() {
    assertThat(PlanLines.of(Json.object().with("complete", Json.TRUE)))
        .containsExactly("No workflow has a draft, nor renders one.");
  }
}
