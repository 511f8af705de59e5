"""Serves moto's emulated AWS on a free port of 127.0.0.1, and logs each request in one line."""

import copy
import functools
import json
import threading

from moto.ecr.responses import ECRResponse
from moto.iam.models import IAMBackend
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

read_aws_policies = IAMBackend._init_aws_policies
policies_read = {}


def aws_policies(backend):
    # Every reset would read more than a thousand AWS managed policies again, which takes most of a second.
    place = (backend.account_id, backend.region_name)
    if place not in policies_read:
        policies_read[place] = read_aws_policies(backend)
    return [copy.copy(policy) for policy in policies_read[place]]


IAMBackend._init_aws_policies = aws_policies

# moto does not emulate pull-through cache rules, so there are none.
ECRResponse.describe_pull_through_cache_rules = lambda _: json.dumps({"pullThroughCacheRules": []})

# For every request, moto lists its own folders to find the service of the host, which is a third of the request's time.
DomainDispatcherApplication.get_backend_for_host = functools.cache(DomainDispatcherApplication.get_backend_for_host)
moto = DomainDispatcherApplication(create_backend_app)
one_request = threading.Lock()


def application(environ, start_response):
    # moto's backends are plain dictionaries: two threads that change one fail with
    # "dictionary changed size during iteration".
    with one_request:
        return moto(environ, start_response)


class RequestHandler(WSGIRequestHandler):
    # Headers and body must leave in one packet. Go's HTTP client may close a connection between
    # the two on a busy machine, and then resends a request that was already processed.
    wbufsize = 1 << 20

    def log_request(self, code="-", size="-"):
        # Both headers are the same only if the HTTP client sent one request twice:
        # a retry by an AWS SDK increments "attempt".
        invocation = self.headers.get("amz-sdk-invocation-id", "-")
        attempt = self.headers.get("amz-sdk-request", "-").split(";")[0]
        print(f"{code} {self.requestline} {invocation} {attempt}", flush=True)


server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=RequestHandler)
print(f"Running on http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
