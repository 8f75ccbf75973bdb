package org.lossbook.kernel.protocol;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.KernelTimestamp;
import io.github.spencerpark.jupyter.messages.Message;
import java.util.UUID;

/** The reply to a request of a debugger: a failure in the terms of the Debug Adapter Protocol. */
final class DebugReply {
  static final String REQUEST = "debug_request";

  private DebugReply() {}

  static Message<?> to(Wire.Received request) {
    var refusal = new JsonObject();
    refusal.addProperty("type", "response");
    refusal.addProperty("success", false);
    refusal.add("request_seq", request.content().get("seq"));
    refusal.add("command", request.content().get("command"));
    refusal.addProperty("message", "This kernel has no debugger.");
    refusal.add("body", new JsonObject());
    refusal.add("status", new JsonPrimitive("ok"));
    Header<?> asked = request.message().getHeader();
    var header =
        new NamedHeader(
            "debug_reply",
            UUID.randomUUID().toString(),
            asked.getUsername(),
            asked.getSessionId(),
            KernelTimestamp.now());
    return new Message<Object>(
        request.message().getIdentities(), header, asked, null, refusal, null);
  }
}
