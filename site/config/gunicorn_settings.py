"""gunicorn's settings, wherever it runs: `gunicorn config.wsgi --config python:config.gunicorn_settings`."""

worker_class = "config.web_worker.Worker"
logger_class = "config.logs.ServerLog"
loglevel = "warning"
# Before processes are forked, so that they share what they may: the postcodes, and how often each address has asked.
preload_app = True
threads = 4
timeout = 60
graceful_timeout = 10
keepalive = 5
limit_request_line = 8190
limit_request_fields = 64
limit_request_field_size = 8190
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True
