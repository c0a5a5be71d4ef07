package dev.carillon.run.decision;

import dev.carillon.json.Json;
import dev.carillon.workflow.Step;
import java.util.List;

/** Gives the texts of steps' settings their words, for one run as it stands. */
public interface Texts {

  sealed interface Said {
    /** What a path leads to, or the text that a template came to; never blank, never null. */
    record Value(Json value) implements Said {}

    /** The path leads nowhere, or the template came to nothing but blanks. */
    record Nothing() implements Said {}

    /** The template cannot be rendered. */
    record Failed(String problem) implements Said {}
  }

  /**
   * @param field what the setting is called: {@code settings.batch_key}, …
   */
  Said say(Step step, String field, Step.Text text);

  /**
   * The same, for a setting that is to be JSON: a text is read as such.
   *
   * @return {@link Said.Failed} for a text that is no JSON
   */
  Said json(Step step, String field, Step.Text text);

  /** The names of zones that these texts asked for and that do not exist. */
  default List<String> zonesIgnored() {
    return List.of();
  }
}
