package dev.carillon.provider.chat;

import dev.carillon.provider.Lookup;
import dev.carillon.provider.ProviderCall;

/** What is to be done next to answer a question. */
public sealed interface Next {
  /** Something must be known first, such as an access token. */
  record Ask(Lookup lookup) implements Next {}

  /** This request asks it. */
  record Call(ProviderCall.Http call) implements Next {}

  /** Nothing has to be asked. */
  record Know(Answer answer) implements Next {}
}
