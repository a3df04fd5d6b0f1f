package io.cta.agent.machine;

import io.cta.agent.process.OperatingSystem;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The machine's name and address on the network. */
public final class MachineAddress {
  private MachineAddress() {}

  /** In lower case. */
  public static String hostname() {
    return name().strip().toLowerCase(Locale.ROOT);
  }

  /** The first IPv4 address that is not the loopback's, or null. */
  public static String ip() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress())
          .map(InetAddress::getHostAddress)
          .findFirst()
          .orElse(null);
    } catch (SocketException e) {
      return null;
    }
  }

  private static String name() {
    String windows = System.getenv("COMPUTERNAME");
    if (OperatingSystem.CURRENT == OperatingSystem.WINDOWS
        && windows != null
        && !windows.isBlank()) {
      return windows;
    }
    try {
      // no look-up by network, which may take seconds
      String kernel = Files.readString(Path.of("/proc/sys/kernel/hostname"));
      if (!kernel.isBlank()) {
        return kernel;
      }
    } catch (IOException notLinux) {
      // asked below
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
