package org.lossbook.kernel;

import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.reply.KernelInfoReply;
import java.util.List;

/** The kernel info reply, with the status that the protocol requires. */
final class KernelInfo extends KernelInfoReply {
  @SuppressWarnings("unused") // read by the JSON writer
  private final String status = "ok";

  KernelInfo(LanguageInfo language, String banner) {
    super(Header.PROTOCOL_VERISON, "lossbook", version(), language, banner, List.of());
  }

  private static String version() {
    String version = KernelInfo.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
