package dev.carillon.run.decision;

import dev.carillon.json.Json;
import dev.carillon.run.NamesIgnored;
import dev.carillon.workflow.Step;

/** Gives the texts of steps' settings their words, for one run as it stands. */
public interface Texts {

  sealed interface Resolved {
    /** What a path leads to, or the text that a template came to; never blank, never null. */
    record Value(Json value) implements Resolved {}

    /** The path leads nowhere, or the template came to nothing but blanks. */
    record Nothing() implements Resolved {}

    /** The template cannot be rendered. */
    record Failed(String problem) implements Resolved {}
  }

  /**
   * @param field what the setting is called: {@code settings.batch_key}, …
   */
  Resolved say(Step step, String field, Step.Text text);

  /**
   * The same, for a setting that is to be JSON: a text is read as such.
   *
   * @return {@link Resolved.Failed} for a text that is no JSON
   */
  Resolved json(Step step, String field, Step.Text text);

  /** The names of zones and currencies that these texts asked for and that do not exist. */
  default NamesIgnored ignored() {
    return NamesIgnored.NONE;
  }
}
