import React, { useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import {
  KnockFeedProvider,
  KnockProvider,
  NotificationFeedPopover,
  NotificationIconButton,
  useKnockFeed,
} from "@knocklabs/react";
import "@knocklabs/react/dist/index.css";

const query = new URLSearchParams(window.location.search);

function Bell() {
  const [open, setOpen] = useState(false);
  const button = useRef(null);
  const { feedClient } = useKnockFeed();
  // For the test: what it does that has no button, and what it asks.
  window.feed = feedClient;
  return (
    <>
      <NotificationIconButton ref={button} onClick={() => setOpen(!open)} />
      <NotificationFeedPopover buttonRef={button} isVisible={open} onClose={() => setOpen(false)} />
    </>
  );
}

createRoot(document.getElementById("root")).render(
  <KnockProvider apiKey="pk_local" host={query.get("host")} user={{ id: query.get("user") }}>
    <KnockFeedProvider feedId={query.get("feed")}>
      <Bell />
    </KnockFeedProvider>
  </KnockProvider>,
);
