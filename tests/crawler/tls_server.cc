#include "tls_server.h"

#include <array>
#include <csignal>
#include <cstdio>
#include <utility>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include "support/catch.h"

namespace qanat::test {
namespace {

struct Free {
  void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const noexcept { X509_free(certificate); }
  void operator()(X509_EXTENSION* extension) const noexcept { X509_EXTENSION_free(extension); }
  void operator()(SSL* connection) const noexcept { SSL_free(connection); }
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

/// For "localhost" and nobody else, valid for an hour, signed by itself.
Owned<X509> certificate_for(EVP_PKEY& key) {
  constexpr long kHour = 3600;
  Owned<X509> certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kHour);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kHour);
  X509_set_pubkey(certificate.get(), &key);
  const std::array<unsigned char, 4> name = {'t', 'e', 's', 't'};
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(
      subject, "CN", MBSTRING_ASC, name.data(), static_cast<int>(name.size()), -1, 0);
  X509_set_issuer_name(certificate.get(), subject);
  const Owned<X509_EXTENSION> names(
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "DNS:localhost"));
  X509_add_ext(certificate.get(), names.get(), -1);
  REQUIRE(X509_sign(certificate.get(), &key, EVP_sha256()) > 0);
  return certificate;
}

/// Length-prefixed names, as ALPN has them.
std::vector<std::string> names_in(std::string_view list) {
  std::vector<std::string> names;
  while (!list.empty()) {
    const std::size_t size = static_cast<unsigned char>(list.front());
    names.emplace_back(list.substr(1, size));
    list.remove_prefix(1 + size);
  }
  return names;
}

}  // namespace

void TlsPeer::send(std::string_view bytes) const {
  SSL_write(&connection_, bytes.data(), static_cast<int>(bytes.size()));
}

std::string TlsPeer::receive(std::size_t size) const {
  std::string bytes(size, '\0');
  std::size_t have = 0;
  while (have < size) {
    const int got = SSL_read(&connection_, bytes.data() + have, static_cast<int>(size - have));
    if (got <= 0) break;
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

TlsServer::TlsServer(const std::string& text)
    : TlsServer("http/1.1", [this, text](const TlsPeer& peer) {
        std::string request;
        while (!request.ends_with("\r\n\r\n")) {
          const std::string next = peer.receive(1);
          if (next.empty()) return;
          request += next;
        }
        ++answered_;
        peer.send(text);
      }) {}

TlsServer::TlsServer(std::string protocol, Answer answer)
    : protocol_(std::move(protocol)),
      answer_(std::move(answer)),
      context_(SSL_CTX_new(TLS_server_method())) {
  const Owned<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
  REQUIRE(key);
  const Owned<X509> certificate = certificate_for(*key);
  REQUIRE(SSL_CTX_use_certificate(context_.get(), certificate.get()) == 1);
  REQUIRE(SSL_CTX_use_PrivateKey(context_.get(), key.get()) == 1);
  SSL_CTX_set_alpn_select_cb(context_.get(), &TlsServer::on_protocols, this);
  const Owned<std::FILE> file(std::fopen(ca_file().c_str(), "w"));
  REQUIRE(file);
  REQUIRE(PEM_write_X509(file.get(), certificate.get()) == 1);
  thread_ = std::thread([this] { serve(); });
}

TlsServer::~TlsServer() {
  listener_.stop();
  thread_.join();
}

int TlsServer::on_protocols(SSL*,
                            const unsigned char** chosen,
                            unsigned char* chosen_size,
                            const unsigned char* offered,
                            unsigned int offered_size,
                            void* self) {
  auto& server = *static_cast<TlsServer*>(self);
  const std::scoped_lock lock(server.mutex_);
  server.offered_ = names_in({reinterpret_cast<const char*>(offered), offered_size});
  *chosen = reinterpret_cast<const unsigned char*>(server.protocol_.data());
  *chosen_size = static_cast<unsigned char>(server.protocol_.size());
  return SSL_TLSEXT_ERR_OK;
}

void TlsServer::serve() {
  // OpenSSL writes to a client that has left as to any file.
  sigset_t broken_pipe;
  sigemptyset(&broken_pipe);
  sigaddset(&broken_pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
  while (true) {
    const int socket = listener_.accept();
    if (socket < 0) return;
    answer(socket);
    ::close(socket);
  }
}

void TlsServer::answer(int socket) {
  const Owned<SSL> connection(SSL_new(context_.get()));
  SSL_set_fd(connection.get(), socket);
  if (SSL_accept(connection.get()) != 1) return;
  answer_(TlsPeer(*connection));
  SSL_shutdown(connection.get());
}

std::string TlsServer::url(std::string_view host) const {
  return "https://" + std::string(host) + ":" + std::to_string(listener_.port()) +
         "/s/some_channel";
}

std::vector<std::string> TlsServer::offered() const {
  const std::scoped_lock lock(mutex_);
  return offered_;
}

}  // namespace qanat::test
