package dev.carillon.provider.chat;

import java.util.Map;

/** What is asked of a workspace. Options are the provider's own, as the page sent them. */
public sealed interface Question {
  /** Whether the app may still act there. */
  record Check() implements Question {}

  /**
   * A page of its channels.
   *
   * @param team within which; empty where the provider has no teams
   */
  record Channels(String team, Map<String, String> options) implements Question {
    public Channels {
      options = Map.copyOf(options);
    }
  }

  /** A page of its teams. */
  record Teams(Map<String, String> options) implements Question {
    public Teams {
      options = Map.copyOf(options);
    }
  }

  /** That the app may not act there any more. */
  record Revoke() implements Question {}

  /**
   * What a page was sent back with after somebody let the app in.
   *
   * @param answer the query of that page, but for the state
   */
  record Connect(Map<String, String> answer) implements Question {
    public Connect {
      answer = Map.copyOf(answer);
    }
  }
}
